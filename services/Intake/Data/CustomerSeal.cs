using System.Text.Json;
using CustomerFeedback.Intake.Domain;

namespace CustomerFeedback.Intake.Data;

/// <summary>A customer on its way into its row and out of it again.</summary>
internal sealed class CustomerSeal(FieldCipher cipher, BlindIndex index)
{
    public CustomerRow Close(Customer customer, DateTimeOffset now) =>
        new()
        {
            Id = customer.Id,
            ExternalId = customer.ExternalId,
            Type = customer.Type,
            Segment = customer.Segment,
            Language = customer.Language,
            PreferredChannel = customer.PreferredChannel,
            Name = cipher.Seal(customer.Name, "name", customer.Id),
            Company = cipher.Seal(customer.Company, "company", customer.Id),
            Phone = cipher.Seal(customer.Phone, "phone", customer.Id),
            Email = cipher.Seal(customer.Email, "email", customer.Id),
            PhoneIndex = index.Phone(customer.Phone),
            EmailIndex = index.Email(customer.Email),
            MaskedName = customer.MaskedName,
            MaskedPhone = customer.MaskedPhone,
            MaskedEmail = customer.MaskedEmail,
            DoNotContact =
                customer.DoNotContact.Count == 0
                    ? CustomerRow.NoWishes
                    : JsonSerializer.Serialize(customer.DoNotContact, StoredJson.Options),
            FirstSeenAt = customer.FirstSeenAt,
            UpdatedAt = now,
            Version = customer.Version,
            EventVersion = customer.EventVersion,
        };

    public Customer Open(CustomerRow row) =>
        new(
            row.Id,
            row.ExternalId,
            row.Type,
            row.Segment,
            cipher.Open(row.Name, "name", row.Id),
            cipher.Open(row.Company, "company", row.Id),
            cipher.Open(row.Phone, "phone", row.Id),
            cipher.Open(row.Email, "email", row.Id),
            row.Language,
            row.PreferredChannel,
            row.FirstSeenAt,
            row.Version,
            row.EventVersion,
            row.DoNotContact == CustomerRow.NoWishes
                ? []
                : JsonSerializer.Deserialize<List<DoNotContact>>(row.DoNotContact, StoredJson.Options)!
        );
}
