// Feature: 027-login
using System;
using static System.Math;
using Text = System.Text.StringBuilder;

namespace Shop.Login;

/// <summary>Keeps sessions (FR-001).</summary>
[Serializable, Table("store")]
public partial class Store<T> : Base, IKeeper where T : class
{
    private const int Limit = 30, Least = 1; // FR-002
    public readonly string name;
    public event EventHandler Changed;
    public event EventHandler Moved { add { } remove { } }
    [Key] public int Id { get; set; } = 3;
    public int Total => 3;

    public Store(int x) : base(x) { }
    ~Store() { }

    public int this[int i] => i;
    public static Store<T> operator +(Store<T> a, Store<T> b) => a;

    // FR-003
    [Obsolete]
    public async Task<bool> Keep([NotNull] string item)
    {
        var local = 1;
        void Inner() { }
        return true;
    }

    void IKeeper.Drop() => Inner();

    private class Nested { }
}

public record Item(int Id, string Name);
public record struct Point { public int X { get; init; } }
public struct Size { public int width; }
public interface IKeeper { void Drop(); int Depth { get; } }
public enum State : byte { [Old] Open = 1, Closed }
public delegate void Handler(int x);
public class Primary(int a) : Base(a);

public class StoreTests
{
    [Fact(DisplayName = "keeps a session [FR-004]")]
    public void Keeps() { Assert.Equal(1, 1); }

    [Theory, InlineData("a, b", 1)]
    [InlineData("c")]
    public void Each(string name) { name.Should().Be("FR-005 reads like a title"); }

    [Fact(Skip = "US2")]
    public void Later() { }

    [Test]
    [Ignore("later")]
    public void Ignored() { }

    [TestMethod]
    public void Inconclusive() { Assert.Inconclusive(); }

    [TestCase(1, ExpectedResult = 2)]
    public int Cases(int x) => x;

    [SetUp] public void Prepare() { }

    [WindowsFact]
    public void Nothing() { Console.WriteLine(); }
}
