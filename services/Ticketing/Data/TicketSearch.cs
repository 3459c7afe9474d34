using CustomerFeedback.Ticketing.Domain;
using Microsoft.EntityFrameworkCore;

namespace CustomerFeedback.Ticketing.Data;

/// <summary>Finds tickets by what was said on them, in Chinese as in English, and by their number.</summary>
internal static class TicketSearch
{
    private const int MostWords = 8;

    /// <summary>All words must occur, each anywhere on the ticket. The bigram index names candidates, the texts decide.</summary>
    public static IQueryable<Ticket> Matching(this IQueryable<Ticket> tickets, IQueryable<Note> notes, string? text)
    {
        var words = (text ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return words.Take(MostWords).Aggregate(tickets, (found, word) => found.With(notes, word));
    }

    private static IQueryable<Ticket> With(this IQueryable<Ticket> tickets, IQueryable<Note> notes, string word)
    {
        var grams = Bigrams.Of(word);
        // As it was typed, and with full-width forms made plain: either may be what is written.
        var (typed, plain) = (Pattern(word), Pattern(Bigrams.Plain(word)));
        // A single letter or a lone sign has no pair: then only the texts can say.
        var said = grams.Length == 0 ? notes : notes.Where(note => grams.All(gram => note.Grams.Contains(gram)));
        return tickets.Where(ticket =>
            said.Any(note =>
                note.TicketId == ticket.Id
                && (
                    EF.Functions.ILike(note.Text, typed, "\\")
                    || EF.Functions.ILike(note.Text, plain, "\\")
                    || EF.Functions.ILike(ticket.Number, plain, "\\")
                )
            )
        );
    }

    private static string Pattern(string word) =>
        $"%{word.Replace("\\", "\\\\").Replace("%", "\\%").Replace("_", "\\_")}%";
}
