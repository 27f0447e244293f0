package io.tenantry.demo;

import io.tenantry.brand.storefront.Storefront.MapPoint;
import io.tenantry.brand.storefront.Storefront.TextSlot;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/**
 * The public content of the demo's brands: texts, answers, locations, and the outage for which they later gave credit.
 *
 * @param words by language
 * @param questions by language
 * @param places by region
 * @param disruption of the first region: its title, the first report, and the last report
 */
record DemoSite(
        Map<String, Map<TextSlot, String>> words,
        Map<String, List<FaqEntry>> questions,
        Map<String, MapPoint> places,
        List<String> disruption) {
    /** A question with its answer. */
    record FaqEntry(String question, String answer) {}

    private static final String ENGLISH = """
            How am I charged? | For every hour that a server exists, from your wallet. A server that runs the whole month never costs \
            more than its **monthly price**.
            What happens when my wallet is empty? | We write to you long before. When nothing is left we write again, and nothing \
            is switched off without a further word.
            Can I change the plan of a server later? | Yes, if the disk of the new plan is not smaller. From that hour on the new plan counts.
            Can several people work with one account? | Yes. [Tell us](/contact) who they are, and we add them to your organization, each \
            with a role: from full administration to view only.
            How do I become a customer? | [Write to us](/contact) and say which plan you would like. We set up your account and send you a link \
            to sign in.
            How do I cancel? | Delete your servers. The charge ends with the hour, and what is left in the wallet is yours.
            """;

    private static final String GERMAN = """
            Wie wird abgerechnet? | Für jede Stunde, in der ein Server besteht, aus Ihrem Guthaben. Ein Server, der den ganzen Monat \
            läuft, kostet nie mehr als seinen **Monatspreis**.
            Was geschieht, wenn mein Guthaben aufgebraucht ist? | Wir schreiben Ihnen lange vorher. Ist nichts mehr da, schreiben wir \
            noch einmal, und nichts wird ohne ein weiteres Wort abgeschaltet.
            Kann ich den Tarif eines Servers später ändern? | Ja, wenn die Festplatte des neuen Tarifs nicht kleiner ist. Ab dieser Stunde zählt der neue Tarif.
            Können mehrere Personen mit einem Konto arbeiten? | Ja. [Nennen Sie uns](/contact) die Personen; wir fügen sie Ihrer Organisation \
            hinzu, jede mit einer Rolle: von voller Verwaltung bis zur reinen Ansicht.
            Wie werde ich Kunde? | [Schreiben Sie uns](/contact), welchen Tarif Sie möchten. Wir richten Ihr Konto ein und schicken Ihnen einen \
            Link zum Anmelden.
            Wie kündige ich? | Löschen Sie Ihre Server. Die Abrechnung endet mit der Stunde, und was noch im Guthaben ist, gehört Ihnen.
            """;

    private static final DemoSite AURORA = new DemoSite(
            Map.of(
                    "de",
                    Map.of(
                            TextSlot.HEADLINE,
                            "Cloud-Server aus Frankfurt, Nürnberg und Amsterdam",
                            TextSlot.LEAD,
                            "In einer Minute bestellt, auf die Stunde genau bezahlt. Ihr Guthaben sagt Ihnen jederzeit, wie lange es reicht.",
                            TextSlot.ABOUT,
                            "## Wer wir sind\n\nAurora Cloud betreibt Server für kleine und mittlere Unternehmen im deutschsprachigen"
                                    + " Raum. Unser Team sitzt in Berlin, geht ans Telefon und spricht Ihre Sprache."),
                    "en",
                    Map.of(
                            TextSlot.HEADLINE,
                            "Cloud servers from Frankfurt, Nuremberg and Amsterdam",
                            TextSlot.LEAD,
                            "Ordered in a minute, paid by the hour. Your wallet tells you at any time how long it lasts.")),
            Map.of("de", asked(GERMAN), "en", asked(ENGLISH)),
            Map.of("fra1", place("50.11", "8.68"), "nbg1", place("49.45", "11.08"), "ams1", place("52.37", "4.9")),
            List.of(
                    "Netzstörung in Frankfurt",
                    "Ein Teil der Server ist langsam oder nicht erreichbar. Wir suchen die Ursache.",
                    "Ein defekter Router ist ersetzt. Betroffene Kunden erhalten eine Gutschrift."));

    private static final DemoSite BOREALIS = new DemoSite(
            Map.of(
                    "en",
                    Map.of(
                            TextSlot.HEADLINE,
                            "Servers that bill like a taxi, not like a lease",
                            TextSlot.LEAD,
                            "Three regions across North America, ready in a minute, charged by the hour from a prepaid wallet.",
                            TextSlot.ABOUT,
                            "## Who we are\n\nBorealis is a team of twelve in upstate New York. We rent servers to agencies, game"
                                    + " studios and clinics, and we answer mail ourselves."),
                    "de",
                    Map.of(
                            TextSlot.HEADLINE,
                            "Server, die abrechnen wie ein Taxi",
                            TextSlot.LEAD,
                            "Drei Regionen in Nordamerika, in einer Minute bereit, stundenweise aus einem Guthaben bezahlt.")),
            Map.of("en", asked(ENGLISH), "de", asked(GERMAN)),
            Map.of(
                    "nyc1",
                    place("40.71", "-74.01"),
                    "sfo1",
                    place("37.77", "-122.42"),
                    "tor1",
                    place("43.65", "-79.38")),
            List.of(
                    "Network trouble in New York",
                    "Some servers are slow or cannot be reached. We are looking for the cause.",
                    "A failed router was replaced. Affected customers will receive a credit."));

    static DemoSite of(DemoBrand brand) {
        return brand.equals(DemoBrand.AURORA) ? AURORA : BOREALIS;
    }

    private static List<FaqEntry> asked(String lines) {
        return lines.lines()
                .map(line -> line.split(" \\| ", 2))
                .map(parts -> new FaqEntry(parts[0], parts[1]))
                .toList();
    }

    private static MapPoint place(String latitude, String longitude) {
        return new MapPoint(new BigDecimal(latitude), new BigDecimal(longitude));
    }
}
