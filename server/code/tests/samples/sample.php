<?php
// Feature: 027-login

declare(strict_types=1);

namespace Shop\Login;

use Shop\Base;
use Shop\Store\{Keeper, Item as Kept};
use function Shop\helper;

require_once __DIR__ . '/bootstrap.php';

const TOP = 1, LEAST = 2;
define('DEFINED', 3);
$app = new App();

/** Keeps sessions (FR-001). */
#[Entity, Table('store')]
final class Store extends Base implements Keeper
{
    use Logs;

    public const LIMIT = 30; // FR-002
    private static ?int $count = 0, $other;

    public function __construct(private readonly string $name, int $plain)
    {
        $local = 1;
    }

    /**
     * FR-003
     */
    #[Route('/keep')]
    public static function keep(string $item): ?bool
    {
        return true;
    }

    abstract protected function drop(): void;
}

interface Keeper
{
    const DEPTH = 1;
    public function keep();
}

trait Logs
{
    protected $log;
}

enum State: string
{
    case Open = 'open';
    case Closed = 'closed';

    public function label(): string
    {
        return 'x';
    }
}

function helper(): int
{
    return 1;
}

final class StoreTest extends TestCase
{
    public function testKeeps(): void
    {
        $this->assertTrue(true);
    }

    /**
     * FR-004
     * @test
     */
    public function it_opens(): void
    {
        self::assertSame(1, 1);
    }

    #[Test]
    #[TestDox('closes [FR-005]')]
    public function it_closes(): void
    {
    }

    public function testLater(): void
    {
        $this->markTestSkipped('US1');
    }

    public function helper(): void
    {
    }
}

describe('Store', function () {
    it('FR-006 keeps', function () {
        expect(1)->toBe(1);
    });
    test('later', fn () => null)->skip('not yet');
    test('elsewhere', fn () => null)->skip(PHP_OS === 'Darwin', 'not here');
    test('sometimes', fn () => null)->skip(fn () => getenv('CI'));
    todo('US2 scenario');
});
