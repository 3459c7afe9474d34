using CustomerFeedback.Sbom;

// dotnet run --project deploy/sbom [-- OUT]: a CycloneDX bill of materials for each host, into .local/sbom unless said otherwise.
var root = Repository.Root;
var folder = args is [var given] ? given : Path.Combine(root, ".local", "sbom");
var licences = Licences.Read(Path.Combine(root, "deploy", "sbom", "licences.json"));
Directory.CreateDirectory(folder);
List<string> refused = [];
foreach (var host in Repository.Hosts)
{
    var bill = Bill.Of(host, licences);
    refused.AddRange(licences.Refused(bill.Components));
    await File.WriteAllTextAsync(Path.Combine(folder, $"{host.Name}.cdx.json"), CycloneDx.Write(bill));
    Console.WriteLine(
        $"{host.Name}: {bill.Components.Count} components, {bill.Components.Count(c => c.IsShipped)} shipped"
    );
}

foreach (var line in refused.Distinct())
    Console.Error.WriteLine(line);
return refused.Count == 0 ? 0 : 1;
