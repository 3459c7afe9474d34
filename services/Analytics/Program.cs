using CustomerFeedback.Analytics.Data;
using CustomerFeedback.Analytics.Features.Querying;
using CustomerFeedback.Analytics.Features.Storing;
using CustomerFeedback.Contracts;
using CustomerFeedback.Messaging;
using CustomerFeedback.ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);

builder.AddServiceDefaults("analytics");
builder.Services.AddServiceDatabase<AnalyticsDbContext>();
builder.AddDatabaseReadiness(ServiceDatabase.Connection);
builder.AddNumbers(); // catalogue, queries, dashboard
builder.AddStore(); // events, facts, rollups
builder.AddMessaging<AnalyticsDbContext>(
    "analytics",
    EventTable
        .Rows.Where(row => row.Publisher == "analytics")
        .Select(row => new PublishedEvent(row.Event, row.Queues.Length > 0, row.Queues)),
    consumers =>
        consumers.ConsumeEnvelopes<StoreEvents>(EventTable.Rows.Select(row => row.Event), o => o.BatchSize = 1000)
);

var app = builder.Build();
if (await app.RunVerb<AnalyticsDbContext>(args))
    return;

app.UseServiceDefaults();
app.MapStore(); // rebuild, jobs, loops
app.MapNumbers();
app.MapDeadLetters<AnalyticsDbContext>("analytics");

await app.RunAsync();
