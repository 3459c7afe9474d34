using CustomerFeedback.ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);

builder.AddServiceDefaults("analytics");

var app = builder.Build();

app.UseServiceDefaults();

app.Run();
