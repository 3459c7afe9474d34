using CustomerFeedback.Contracts;
using CustomerFeedback.Messaging;
using CustomerFeedback.ServiceDefaults;
using CustomerFeedback.Survey;
using CustomerFeedback.Survey.Data;
using CustomerFeedback.Survey.Features;

var builder = WebApplication.CreateBuilder(args);

builder.AddServiceDefaults("survey"); // telemetry, health, problem details, authentication, access table
builder.AddLinkTokens(); // the customers' survey links
builder.AddSurvey(); // database, options, questionnaires, dispatcher
builder.AddMessaging<SurveyDbContext>(
    "survey",
    EventTable
        .Rows.Where(row => row.Publisher == "survey")
        .Select(row => new PublishedEvent(row.Event, row.Queues.Length > 0, row.Queues)),
    Slices.AddSurvey
);

var app = builder.Build();
if (await app.RunVerb<SurveyDbContext>(args))
    return;

app.UseServiceDefaults();
app.MapQuestionnaires(); // versioned data
app.MapInvitations(); // who is asked, and why not
app.MapAnswering(); // the answer page, and the same for programs
app.MapFollowUps(); // who is to be called, and what they said
app.MapStoreLinks(); // links for everybody
app.MapResponses(); // what came back, and what is done about it
app.MapDeadLetters<SurveyDbContext>("survey");

await app.RunAsync();
