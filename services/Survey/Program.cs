using CustomerFeedback.ServiceDefaults;

if (args is ["migrate"])
    return; // no tables yet

var builder = WebApplication.CreateBuilder(args);

builder.AddServiceDefaults("survey");

var app = builder.Build();

app.UseServiceDefaults();

app.Run();
