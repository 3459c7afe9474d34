using CustomerFeedback.Contracts;
using CustomerFeedback.Messaging;
using CustomerFeedback.ServiceDefaults;
using CustomerFeedback.Survey.Data;
using Microsoft.EntityFrameworkCore;
using Npgsql;

var builder = WebApplication.CreateBuilder(args);

builder.AddServiceDefaults("survey");
builder.Services.AddDbContext<SurveyDbContext>((services, db) => db.UseNpgsql(SurveyDbContext.Connection(services)));
builder.AddDatabaseReadiness(services => new NpgsqlConnection(SurveyDbContext.Connection(services)));
builder.AddMessaging<SurveyDbContext>(
    "survey",
    EventTable
        .Rows.Where(row => row.Publisher == "survey")
        .Select(row => new PublishedEvent(row.Event, row.Queues.Length > 0))
);

var app = builder.Build();
if (await app.RunVerb<SurveyDbContext>(args))
    return;

app.UseServiceDefaults();
app.MapDeadLetters<SurveyDbContext>("survey");

await app.RunAsync();
