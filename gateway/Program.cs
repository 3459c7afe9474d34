using CustomerFeedback.Gateway;
using CustomerFeedback.ServiceDefaults;
using CustomerFeedback.Settings;

var builder = WebApplication.CreateBuilder(args);

builder.AddServiceDefaults("gateway");
builder.AddGateway(); // routes from appsettings.json, limits, health of the clusters
builder.AddCrossOrigin();

var app = builder.Build();
if (app.Services.PrintsSettings(args))
    return;

app.UseForwardedHeaders();
app.UseCors(); // before everybody who would refuse a preflight, which carries no token
app.UseServiceDefaults(gate => gate.UseMiddleware<Edge>());
app.UseDocs();
MergedOpenApi.Map(app);
app.MapReverseProxy(proxy =>
{
    proxy.Use(Redispatch.Invoke);
    proxy.UseLoadBalancing();
    proxy.UsePassiveHealthChecks();
});

app.Run();
