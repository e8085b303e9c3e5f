namespace DLExperiments.Networks.Diagrams;

/// <summary>
/// Places boxes in rows, sources above what they feed (Sugiyama, Tagawa, Toda 1981): rows by longest path, long edges led through every row that
/// they cross, crossings reduced by barycentres, and columns by least squares under the order of each row.
/// </summary>
internal sealed class LayeredLayout
{
    private const double ColumnGap = 26, FrameGap = 20, LaneWidth = 14;
    private const int OrderSweeps = 12, FewestSweeps = 60, MostSweeps = 4000;

    private readonly List<Item> items = [];
    private readonly List<List<Item>> rows = [];

    internal LayeredLayout(IReadOnlyList<DiagramNode> nodes, Func<DiagramNode, double> widthOf)
    {
        var byNode = new Dictionary<DiagramNode, Item>();
        foreach (DiagramNode node in nodes)
        {
            // Nodes come in the order in which they compute, so sources have their rows already.
            int row = node.Sources.Count == 0 ? 0 : node.Sources.Max(s => byNode[s].Row) + 1;
            byNode[node] = Put(new Item(node, row, widthOf(node)));
        }
        foreach (DiagramNode node in nodes)
            foreach (DiagramNode source in node.Sources) Edges.Add(new Edge(source, node, Lead(byNode[source], byNode[node])));
        Order();
        Place();
        double left = items.Min(i => i.X - (i.Width / 2));
        foreach (Item item in items) item.X -= left;
        Width = items.Max(i => i.X + (i.Width / 2));
    }

    internal List<Edge> Edges { get; } = [];

    internal IReadOnlyList<IReadOnlyList<Item>> Rows => rows;

    internal double Width { get; }

    private Item Put(Item item)
    {
        items.Add(item);
        while (rows.Count <= item.Row) rows.Add([]);
        rows[item.Row].Add(item);
        return item;
    }

    private List<Item> Lead(Item from, Item to)
    {
        List<Item> points = [from];
        for (int row = from.Row + 1; row < to.Row; row++) points.Add(Put(new Item(null, row, LaneWidth)));
        points.Add(to);
        for (int i = 1; i < points.Count; i++)
        {
            points[i - 1].Below.Add(points[i]);
            points[i].Above.Add(points[i - 1]);
        }
        return points;
    }

    private void Order()
    {
        Number();
        List<int[]> best = Remember();
        long fewest = CountCrossings();
        for (int sweep = 0; sweep < OrderSweeps && fewest > 0; sweep++)
        {
            bool down = sweep % 2 == 0;
            foreach (List<Item> row in down ? rows.Skip(1) : Enumerable.Reverse(rows).Skip(1))
            {
                foreach (Item item in row)
                {
                    List<Item> near = down ? item.Above : item.Below;
                    item.Wish = near.Count == 0 ? item.Place : near.Average(n => (double)n.Place);
                }
                Item[] sorted = [.. row.OrderBy(i => i.Wish)];
                for (int i = 0; i < sorted.Length; i++) (row[i], sorted[i].Place) = (sorted[i], i);
            }
            long crossings = CountCrossings();
            if (crossings >= fewest) continue;
            (fewest, best) = (crossings, Remember());
        }
        for (int r = 0; r < rows.Count; r++)
        {
            Item[] order = [.. best[r].Select(id => items[id])];
            for (int i = 0; i < order.Length; i++) (rows[r][i], order[i].Place) = (order[i], i);
        }
    }

    private void Number()
    {
        for (int i = 0; i < items.Count; i++) items[i].Id = i;
        foreach (List<Item> row in rows)
            for (int i = 0; i < row.Count; i++) row[i].Place = i;
    }

    private List<int[]> Remember() => [.. rows.Select(r => r.Select(i => i.Id).ToArray())];

    private long CountCrossings()
    {
        long crossings = 0;
        foreach (List<Item> row in rows)
        {
            (int From, int To)[] edges = [.. row.SelectMany(a => a.Below.Select(b => (a.Place, b.Place)))];
            for (int i = 0; i < edges.Length; i++)
                for (int j = i + 1; j < edges.Length; j++)
                    if ((edges[i].From - edges[j].From) * (edges[i].To - edges[j].To) < 0) crossings++;
        }
        return crossings;
    }

    private void Place()
    {
        foreach (List<Item> row in rows)
        {
            double x = 0;
            foreach (Item item in row)
            {
                item.X = x + (item.Width / 2);
                x += item.Width + ColumnGap;
            }
        }
        // First every box under the middle of its sources; then to where all edges, up and down, pull it: the least sum of squares, row by row.
        foreach (List<Item> row in rows.Skip(1))
        {
            foreach (Item item in row) item.Wish = item.Above.Select(n => n.X).DefaultIfEmpty(item.X).Average();
            Settle(row, _ => 1);
        }
        // What bends a whole column takes sweeps with the square of its length to straighten.
        int sweeps = Math.Min(MostSweeps, FewestSweeps + (rows.Count * rows.Count / 4));
        for (int sweep = 0; sweep < sweeps; sweep++)
        {
            foreach (List<Item> row in sweep % 2 == 0 ? rows : Enumerable.Reverse(rows))
            {
                foreach (Item item in row)
                {
                    double sum = 0, weight = 0;
                    foreach (Item near in item.Above.Concat(item.Below))
                    {
                        double pull = Pull(item, near);
                        (sum, weight) = (sum + (pull * near.X), weight + pull);
                    }
                    item.Wish = weight == 0 ? item.X : sum / weight;
                    item.Weight = Math.Max(weight, 0.01);
                }
                Settle(row, item => item.Weight);
            }
        }
    }

    // Long edges want to be straight most of all; then what follows directly stands below. A lone skip does not bend the main line, but where
    // several branches meet, a long one counts like the others: else the line would wander off to one side from block to block.
    private static double Pull(Item a, Item b)
    {
        if (a.Node is null == b.Node is null) return a.Node is null ? 8 : 4;
        Item box = a.Node is null ? b : a;
        return (a.Row < b.Row == (box == a) ? box.Below : box.Above).Count > 2 ? 4 : 0.5;
    }

    /// <summary>The places nearest to the wishes (weighted least squares) that keep order and distance: isotonic regression by pooling neighbours.</summary>
    private static void Settle(List<Item> row, Func<Item, double> weightOf)
    {
        double[] offset = new double[row.Count];
        for (int i = 1; i < row.Count; i++)
            offset[i] = offset[i - 1] + ((row[i - 1].Width + row[i].Width) / 2) + Gap(row[i - 1].Node, row[i].Node);
        var pools = new List<(double Sum, double Weight, int Count)>();
        for (int i = 0; i < row.Count; i++)
        {
            double weight = weightOf(row[i]);
            (double Sum, double Weight, int Count) pool = ((row[i].Wish - offset[i]) * weight, weight, 1);
            while (pools.Count > 0 && pools[^1].Sum / pools[^1].Weight > pool.Sum / pool.Weight)
            {
                pool = (pool.Sum + pools[^1].Sum, pool.Weight + pools[^1].Weight, pool.Count + pools[^1].Count);
                pools.RemoveAt(pools.Count - 1);
            }
            pools.Add(pool);
        }
        int place = 0;
        foreach ((double sum, double weight, int count) in pools)
            for (int i = 0; i < count; i++, place++) row[place].X = (sum / weight) + offset[place];
    }

    // Between boxes of different blocks there must be room for the frames around them.
    private static double Gap(DiagramNode? left, DiagramNode? right) =>
        left is null && right is null ? 0 : ColumnGap + (left is not null && right is not null && !left.Blocks.SequenceEqual(right.Blocks) ? FrameGap : 0);

    /// <summary>A box, or the place where a long edge crosses a row (then without a node).</summary>
    internal sealed class Item(DiagramNode? node, int row, double width)
    {
        internal DiagramNode? Node { get; } = node;

        internal int Row { get; } = row;

        internal double Width { get; } = width;

        internal double X { get; set; }

        internal int Id { get; set; }

        internal int Place { get; set; }

        internal double Wish { get; set; }

        internal double Weight { get; set; }

        internal List<Item> Above { get; } = [];

        internal List<Item> Below { get; } = [];
    }

    /// <summary>An edge and the places that it leads through, both ends included.</summary>
    internal sealed record Edge(DiagramNode From, DiagramNode To, List<Item> Points);
}
