using CustomerFeedback.Contracts;
using CustomerFeedback.Messaging;
using CustomerFeedback.ServiceDefaults;
using CustomerFeedback.Ticketing;
using CustomerFeedback.Ticketing.Data;
using CustomerFeedback.Ticketing.Features;

var builder = WebApplication.CreateBuilder(args);

builder.AddServiceDefaults("ticketing"); // telemetry, health, problem details, authentication, access table
builder.AddLinkTokens(); // the customers' status links
builder.AddTicketing(); // database, options, clocks, workers
builder.AddMessaging<TicketingDbContext>(
    "ticketing",
    EventTable
        .Rows.Where(row => row.Publisher == "ticketing")
        .Select(row => new PublishedEvent(row.Event, row.Queues.Length > 0, row.Queues)),
    Slices.AddTicketing
);

var app = builder.Build();
if (await app.RunVerb<TicketingDbContext>(args))
    return;

app.UseServiceDefaults();
app.MapTickets(); // reads and commands
app.MapSla(); // clocks, policies, calendars
app.MapStaffing(); // teams, agents, rosters, routing rules
app.MapStatusPages(); // what the customer sees
app.MapDeadLetters<TicketingDbContext>("ticketing");

app.Run();
