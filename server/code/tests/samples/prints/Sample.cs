using System;

namespace Shelves
{
    /// <summary>Keeps items.</summary>
    public class Shelf
    {
        private const int Limit = 30;
        public List<int> Items { get; set; }

        public enum Level { Low, High }

        public int Add(int item, Level level)
        {
            var locA = item + Limit;
            // twice
            foreach (var locB in Items)
            {
                if (locB > locA)
                {
                    return locB;
                }
            }
            Items.Add(Split(locA));
            return Items.Select(locC => locC + 1).Sum();
        }

        static int Split(int whole)
        {
            return whole > 4 ? whole - 4 : whole;
        }
    }
}
