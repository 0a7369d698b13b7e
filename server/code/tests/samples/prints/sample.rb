require "set"

# Keeps items.
class Shelf
  LIMIT = 30

  # Adds one.
  def add(item, level)
    locA = item.size + LIMIT
    # twice
    @items.each do |locB|
      return locB if locB > locA
    end
    @items.push(split(locA))
    @items.map { |locC| locC + 1 }
  end

  def split(whole)
    if whole > 4
      whole - 4
    else
      whole
    end
  end
end
