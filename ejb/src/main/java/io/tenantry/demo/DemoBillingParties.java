package io.tenantry.demo;

import io.tenantry.billing.invoicing.InvoiceBuyer;
import io.tenantry.billing.invoicing.InvoiceSeller;
import io.tenantry.billing.invoicing.PostalAddress;
import java.util.Map;

/** Sellers and buyers of the demo, as needed for invoices. All of it is invented. */
final class DemoBillingParties {
    /** The country of the brand that collects tax. */
    static final String HOME = "DE";

    private static final int NUMBERS = 90;

    private static final InvoiceSeller AURORA = new InvoiceSeller(
            new PostalAddress("Aurora Cloud GmbH", "Lichtstraße 21", "10245", "Berlin", "DE"),
            "DE999999995",
            "37/123/45678",
            "Amtsgericht Charlottenburg, HRB 123456",
            "rechnung@aurora.example",
            "+49 30 5550100",
            "Musterbank Berlin",
            "DE89 3704 0044 0532 0130 00",
            "COBADEFF",
            "Der Betrag wird mit Ihrem Guthaben verrechnet.");

    private static final InvoiceSeller BOREALIS = new InvoiceSeller(
            new PostalAddress("Borealis Hosting Inc.", "120 Harbor Street", "10004", "New York", "US"),
            "",
            "12-3456789",
            "",
            "billing@borealis.example",
            "+1 212 5550100",
            "",
            "",
            "",
            "The amount is taken from your prepaid balance.");

    /** The seller on invoices to the brands. */
    static final InvoiceSeller PLATFORM = new InvoiceSeller(
            new PostalAddress("Tenantry Plattform GmbH", "Am Speicher 4", "20457", "Hamburg", "DE"),
            "DE987654328",
            "27/987/65432",
            "Amtsgericht Hamburg, HRB 654321",
            "settlement@tenantry.example",
            "+49 40 5550100",
            "Musterbank Hamburg",
            "DE89 3704 0044 0532 0130 00",
            "COBADEFF",
            "");

    /** A town for each country in which the demo has customers, with a street that exists in every town there. */
    private static final Map<String, PostalAddress> TOWNS = Map.of(
            "DE", new PostalAddress("", "Hauptstraße", "04109", "Leipzig", "DE"),
            "AT", new PostalAddress("", "Bahnhofstraße", "6020", "Innsbruck", "AT"),
            "CH", new PostalAddress("", "Seestrasse", "8002", "Zürich", "CH"),
            "US", new PostalAddress("", "Main Street", "02108", "Boston", "US"),
            "CA", new PostalAddress("", "King Street", "M5H 1A1", "Toronto", "CA"));

    /** Customers who stated their VAT number: one in the seller's country, and one elsewhere in the EU, which owes the tax itself. */
    private static final Map<String, String> VAT_NUMBERS =
            Map.of("Nordwind Logistik GmbH", "DE123456788", "Alpenblick Touristik GmbH", "ATU12345675");

    private DemoBillingParties() {}

    static InvoiceSeller seller(DemoBrand brand) {
        return brand == DemoBrand.AURORA ? AURORA : BOREALIS;
    }

    /** Returns a customer's address; for countries without a town here only the name. */
    static InvoiceBuyer buyer(String name, String email, String country) {
        var town = TOWNS.getOrDefault(country, new PostalAddress("", "", "", "", country));
        var number = 1 + Math.floorMod(name.hashCode(), NUMBERS);
        var street = town.street().isEmpty() ? "" : town.street() + " " + number;
        var postalAddress = new PostalAddress(name, street, town.postcode(), town.city(), country);
        return new InvoiceBuyer(postalAddress, VAT_NUMBERS.getOrDefault(name, ""), email, "");
    }
}
