# frozen_string_literal: true

# Feature: 027-login
require 'set'
require_relative "../lib/login"

# Sessions. FR-001
module Auth
  LIMIT = 30
  MIN, MAX = 1, 9

  # Keeps sessions.
  # FR-002: at most LIMIT
  class Store < Base::Thing
    include Comparable

    attr_reader :name, :age
    attr_accessor "label", "not_#{name}"
    has_many :posts

    DEFAULTS ||= { "FR-003 keeps" => 1 }.freeze
    @@count = 0
    Point = Struct.new(:x, :y) do
      def distance = Math.hypot(x, y)
    end
    Missing = Class.new(StandardError)

    class << self
      attr_accessor :config

      def build(name, age = 1)
        new(name, age)
      end
    end

    def self.open(path)
      @path = path
    end

    def name=(value)
      @name = value # FR-004
    end

    def <=>(other) = name <=> other.name

    alias label_of name
    alias_method :years, :age
    define_method(:shown) { name.to_s }

    private def hidden; end
  end

  class Login::Session; end
end

class Auth::Store::Token < Struct.new(:value)
  def to_s
    value
  end
end

$registry = {}

def top(level) # US1
  local = level
end

=begin
FR-005 in a block
=end

RSpec.describe Auth::Store, type: :model do
  describe "#put" do
    it "FR-006: keeps" do
      expect(1).to eq 1
    end

    it { is_expected.to be_valid }
    it('is empty') { store.should be_empty }
    it "is not written yet"
    xit "is put off" do
      expect(1).to eq 2
    end
    it "is marked", skip: "slow" do
      expect(1).to eq 1
    end
    specify "is marked too", :skip do
    end
    it "skips itself" do
      skip "later"
      expect(1).to eq 1
    end
    pending "is pending" do
    end
    it "says nothing" do
      put :index
    end
  end

  xcontext "when closed" do
    scenario("is lost") { expect(page).to have_text("x") }
  end

  context "without a test" do
    let(:store) { 1 }
  end

  shared_examples "a store" do
    it("holds") { assert true }
  end
end

class StoreTest < Minitest::Test
  def test_fr_007_keeps
    assert_equal 1, 1
  end

  def test_later
    skip "not yet"
  end

  test "US2: rails style" do
    refute_nil 1
  end

  def helper; end
end
