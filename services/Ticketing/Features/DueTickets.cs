using System.Net.Sockets;
using CustomerFeedback.Ticketing.Domain;
using Npgsql;

namespace CustomerFeedback.Ticketing.Features;

/// <summary>
/// How a worker takes tickets that are due: in batches. Where a batch fails, its halves are tried, down to the one ticket that cannot be
/// worked on: that one is set aside for a minute and holds no other up.
/// </summary>
internal sealed class DueTickets(int most, TimeProvider time, ILogger log)
{
    private static readonly TimeSpan Aside = TimeSpan.FromMinutes(1);

    private readonly Dictionary<Guid, DateTimeOffset> _aside = [];
    private int _size = int.MaxValue;

    /// <summary>Those set aside at the moment.</summary>
    public Guid[] Except
    {
        get
        {
            var now = time.GetUtcNow();
            foreach (var (id, until) in _aside.ToList())
            {
                if (until <= now)
                    _aside.Remove(id);
            }
            return [.. _aside.Keys];
        }
    }

    /// <summary>Takes one batch.</summary>
    /// <param name="work">
    /// Works on at most so many tickets, none of those set aside, in one transaction; before it works on them it notes them in the list.
    /// </param>
    /// <returns>How many it took.</returns>
    public async Task<int> Take(Func<int, Guid[], List<Ticket>, Task> work)
    {
        while (true)
        {
            List<Ticket> taken = [];
            try
            {
                await work(Math.Min(most, _size), Except, taken);
                _size = _size > most / 2 ? most : _size * 2;
                return taken.Count;
            }
            catch (Exception failure) when (taken.Count > 0 && !IsPassing(failure))
            {
                if (taken.Count == 1)
                    SetAside(taken[0], failure);
                _size = Math.Max(1, taken.Count / 2);
            }
        }
    }

    public void SetAside(Ticket ticket, Exception? failure)
    {
        Log.TicketSetAside(log, failure, ticket.Number);
        _aside[ticket.Id] = time.GetUtcNow() + Aside;
    }

    /// <summary>The host stops, or the database is away or busy: not the tickets' doing.</summary>
    private static bool IsPassing(Exception? failure) =>
        failure
            is OperationCanceledException
                or SocketException
                or TimeoutException
                or NpgsqlException { IsTransient: true }
        || (failure?.InnerException is { } inner && IsPassing(inner));
}
