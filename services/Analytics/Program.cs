using CustomerFeedback.ServiceDefaults;

if (args is ["migrate"])
    return; // no tables yet

var builder = WebApplication.CreateBuilder(args);

builder.AddServiceDefaults("analytics");

var app = builder.Build();

app.UseServiceDefaults();

app.Run();
