using CustomerFeedback.Ticketing.Data;
using Microsoft.EntityFrameworkCore;

namespace CustomerFeedback.Ticketing.Tests;

/// <summary>A ticket whose row the database refuses to change, until this is disposed of: what is due on it cannot be done.</summary>
internal sealed class Poison : IAsyncDisposable
{
    private const string Refuse = """
        CREATE TABLE IF NOT EXISTS poison (number text);
        CREATE OR REPLACE FUNCTION refuse_poison() RETURNS trigger LANGUAGE plpgsql AS $body$
        BEGIN
            IF EXISTS (SELECT FROM poison WHERE number = OLD.number) THEN RAISE EXCEPTION 'poison'; END IF;
            RETURN NEW;
        END $body$;
        CREATE OR REPLACE TRIGGER poison BEFORE UPDATE ON tickets FOR EACH ROW EXECUTE FUNCTION refuse_poison();
        """;

    private readonly TicketingDbContext _db;

    private Poison(TicketingDbContext db) => _db = db;

    public static async Task<Poison> On(TicketingDbContext db, string number)
    {
        await db.Database.ExecuteSqlRawAsync(Refuse);
        await db.Database.ExecuteSqlAsync($"INSERT INTO poison VALUES ({number})");
        return new(db);
    }

    public async ValueTask DisposeAsync()
    {
        await _db.Database.ExecuteSqlRawAsync("DROP TRIGGER poison ON tickets; DROP TABLE poison");
        await _db.DisposeAsync();
    }
}
