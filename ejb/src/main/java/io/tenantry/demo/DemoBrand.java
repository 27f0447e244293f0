package io.tenantry.demo;

import io.tenantry.admin.platform.TenantDraft;
import io.tenantry.catalog.Catalog.Category;
import io.tenantry.catalog.Catalog.Region;
import io.tenantry.catalog.Plan;
import io.tenantry.kernel.money.Money;
import io.tenantry.tenancy.TenantId;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.Normalizer;
import java.time.ZoneId;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The fixed data of the demo's brands: their appearance, products, staff and customers. All of it is invented. */
final class DemoBrand {
    private static final String DOMAIN_OF_STAFF = ".example";
    private static final int TRANSFER_GIB = 20_480;

    /** In German and euros, indigo and cyan. */
    static final DemoBrand AURORA = new DemoBrand(
            "aurora",
            "Aurora Cloud",
            "EUR",
            "Europe/Berlin",
            "de",
            List.of("#4f46e5", "#0891b2", "#f59e0b"),
            """
            Anna Lindner | staff_owner
            Henrik Paulsen | staff_billing
            Leyla Demir | staff_support
            """,
            """
            standard | Standard
            power | Mehr Leistung
            memory | Mehr Arbeitsspeicher
            """,
            """
            fra1 | Frankfurt | DE
            nbg1 | Nürnberg | DE
            ams1 | Amsterdam | NL
            """,
            """
            s1 | Start 1 | standard | 1 | 2 | 40 | 4.19 | 4.49
            s2 | Start 2 | standard | 2 | 4 | 80 | 7.49 | 7.99
            s4 | Start 4 | standard | 4 | 8 | 160 | 14.90 | 15.90
            s8 | Start 8 | standard | 8 | 16 | 320 | 28.90 | 29.90
            p2 | Power 2 | power | 2 | 8 | 80 | 13.49 | 12.90
            p4 | Power 4 | power | 4 | 16 | 160 | 25.90 | 24.90
            p8 | Power 8 | power | 8 | 32 | 240 | 49.90 | 47.90
            m4 | Memory 4 | memory | 4 | 32 | 160 | 36.90 | 38.90
            """,
            """
            Nordwind Logistik GmbH | DE | nordwind-logistik.example | Ada Lorenz | 12 | HEALTHY
            Bäckerei Hölderlin KG | DE | baeckerei-hoelderlin.example | Jürgen Hölderlin | 4 | HEALTHY
            Hafenkontor Digital GmbH | DE | hafenkontor.example | Sören Petersen | 11 | LOW
            Kanzlei Brandt & Söhne | DE | brandt-soehne.example | Friederike Brandt | 6 | HEALTHY
            Grünwerk Energie eG | DE | gruenwerk.example | Matthias Grünewald | 9 | HEALTHY
            Praxis Dr. Yıldız | DE | praxis-yildiz.example | Elif Yıldız | 4 | HEALTHY
            Alpenblick Touristik GmbH | AT | alpenblick.example | Lukas Hofer | 8 | EMPTY
            Uhrenfabrik Zimmerli AG | CH | zimmerli.example | Regula Zimmerli | 6 | HEALTHY
            Medienhaus Rheinufer GmbH | DE | rheinufer.example | Philipp Engel | 9 | LOW
            Studio Kranich | DE | studio-kranich.example | Mira Kranich | 5 | HEALTHY
            Lindenhof Verlag | DE | lindenhof.example | Charlotte Weiß | 5 | HEALTHY
            Quantwerk Analytics GmbH | DE | quantwerk.example | Deniz Aydın | 13 | HEALTHY
            Schreinerei Vogt | DE | schreinerei-vogt.example | Thomas Vogt | 3 | HEALTHY
            Fahrradkurier Leipzig eG | DE | fahrradkurier-leipzig.example | Jonas Schubert | 4 | HEALTHY
            Musikschule Tonleiter e. V. | DE | tonleiter.example | Katharina Böhm | 3 | HEALTHY
            Sternwarte Eifel e. V. | DE | sternwarte-eifel.example | Gudrun Krämer | 4 | HEALTHY
            """,
            """
            Nils Albrecht, Sabine Kaya, Fabian Reuter, Ines Maurer, Karl Ostermann, Yasemin Polat, Torben Jansen,
            Miriam Scholz, Dieter Franke, Lea Winkler, Oskar Brückner, Paula Hansen, Emre Çelik, Silke Baumann
            """,
            Map.of(
                    PriceChange.TRANSFER, "Überweisung eingegangen",
                    PriceChange.WELCOME, "Willkommensguthaben",
                    PriceChange.GOODWILL, "Gutschrift für die Netzstörung in Frankfurt",
                    PriceChange.CORRECTION, "Doppelt gebuchte Überweisung zurückgenommen"));

    /** In English and US dollars, green and blue. */
    static final DemoBrand BOREALIS = new DemoBrand(
            "borealis",
            "Borealis Hosting",
            "USD",
            "America/New_York",
            "en",
            List.of("#0f8a6a", "#3b6fd8", "#f97316"),
            """
            Rachel Moreno | staff_owner
            Walter Kim | staff_billing
            Imani Brooks | staff_support
            """,
            """
            essential | Essential
            compute | Compute
            memory | Memory
            """,
            """
            nyc1 | New York | US
            sfo1 | San Francisco | US
            tor1 | Toronto | CA
            """,
            """
            e1 | Essential 1 | essential | 1 | 1 | 25 | 5.00 | 6.00
            e2 | Essential 2 | essential | 1 | 2 | 50 | 10.00 | 12.00
            e4 | Essential 4 | essential | 2 | 4 | 80 | 20.00 | 22.00
            e8 | Essential 8 | essential | 4 | 8 | 160 | 40.00 | 44.00
            c2 | Compute 2 | compute | 2 | 8 | 60 | 32.00 | 30.00
            c4 | Compute 4 | compute | 4 | 16 | 120 | 63.00 | 60.00
            c8 | Compute 8 | compute | 8 | 32 | 240 | 126.00 | 118.00
            m4 | Memory 4 | memory | 4 | 32 | 160 | 96.00 | 99.00
            """,
            """
            Hudson & Pine Coffee | US | hudsonpine.example | Maya Sullivan | 8 | HEALTHY
            Redwood Robotics Inc. | US | redwoodrobotics.example | Daniel Okafor | 12 | HEALTHY
            Lakeshore Dental Group | US | lakeshoredental.example | Priya Raman | 5 | HEALTHY
            Tidewater Freight LLC | US | tidewaterfreight.example | Grace Nguyen | 7 | LOW
            Blue Heron Press | US | blueheron.example | Eleanor Whitfield | 6 | HEALTHY
            Ironbridge Games | US | ironbridge.example | Tyler Brooks | 13 | OVER_LIMIT
            Copperline Studios | US | copperline.example | Marcus Bell | 9 | LOW
            Summit Trail Outfitters | US | summittrail.example | Caleb Jensen | 5 | HEALTHY
            Maple Street Bakery | CA | maplestreet.example | Sophie Tremblay | 3 | HEALTHY
            Northgate Legal LLP | US | northgate.example | Hannah Goldberg | 4 | HEALTHY
            Prairie Data Works | US | prairiedata.example | Luis Ortega | 8 | LOW
            Silver Birch Clinic | CA | silverbirch.example | Amara Johnson | 4 | HEALTHY
            Harbor Light Media | US | harborlight.example | Owen Gallagher | 5 | HEALTHY
            Foxglove Analytics | US | foxglove.example | Nina Petrova | 6 | HEALTHY
            """,
            """
            Ben Carter, Olivia Reyes, Jamal Turner, Chloe Bennett, Victor Lam, Tessa Morgan, Andre Fields, Ruth Coleman,
            Kevin Park, Lila Hart, Samir Haddad, Joan Mercer, Eric Lund, Bianca Rossi
            """,
            Map.of(
                    PriceChange.TRANSFER, "Bank transfer received",
                    PriceChange.WELCOME, "Welcome credit",
                    PriceChange.GOODWILL, "Goodwill for the network incident in New York",
                    PriceChange.CORRECTION, "Bank transfer booked twice, reversed"));

    static final List<DemoBrand> ALL = List.of(AURORA, BOREALIS);

    private final String slug;
    private final String title;
    private final Currency currency;
    private final ZoneId zone;
    private final String locale;
    private final List<String> colours;
    private final List<Person> staff;
    private final List<Category> categories;
    private final List<Region> regions;
    private final List<Offered> plans;
    private final List<Customer> customers;
    private final List<String> colleagues;
    private final Map<PriceChange, String> texts;

    private DemoBrand(
            String slug,
            String title,
            String currency,
            String zone,
            String locale,
            List<String> colours,
            String staff,
            String categories,
            String regions,
            String plans,
            String customers,
            String colleagues,
            Map<PriceChange, String> texts) {
        this.slug = slug;
        this.title = title;
        this.currency = Currency.getInstance(currency);
        this.zone = ZoneId.of(zone);
        this.locale = locale;
        this.colours = colours;
        this.staff = rows(staff, cells -> Person.of(cells.get(0), cells.get(1), slug + DOMAIN_OF_STAFF));
        this.categories = rows(categories, cells -> new Category(cells.get(0), cells.get(1)));
        this.regions = rows(regions, cells -> new Region(cells.get(0), cells.get(1), cells.get(2)));
        this.plans = rows(plans, cells -> offered(cells, this.currency));
        this.customers = rows(customers, DemoBrand::customer);
        this.colleagues = List.of(colleagues.strip().split(",\\s+"));
        this.texts = Map.copyOf(texts);
    }

    /** The reasons for moving money. */
    enum PriceChange {
        TRANSFER,
        WELCOME,
        GOODWILL,
        CORRECTION
    }

    /** The state of a customer's wallet at the end of the story. */
    enum CustomerScenario {
        HEALTHY,
        LOW,
        EMPTY,
        OVER_LIMIT
    }

    /** A person with a role, of the reseller or of a customer. */
    record Person(String name, String email, String role) {
        static Person of(String name, String role, String domain) {
            var mailbox = Normalizer.normalize(
                            name.toLowerCase(Locale.ROOT)
                                    .replace("ä", "ae")
                                    .replace("ö", "oe")
                                    .replace("ü", "ue")
                                    .replace("ß", "ss")
                                    .replace("ı", "i"),
                            Normalizer.Form.NFD)
                    .replaceAll("\\p{M}", "")
                    .replace(' ', '.');
            return new Person(name, mailbox + "@" + domain, role);
        }
    }

    /** A plan with its initial and its later price. */
    record Offered(String code, String name, String category, Plan.Size size, Money price, Money laterPrice) {}

    /** A customer with its owner. */
    record Customer(
            String name,
            String country,
            String domain,
            Person owner,
            int services,
            CustomerScenario customerScenario) {}

    /** Returns the reason in the brand's language. */
    String text(PriceChange priceChange) {
        return Objects.requireNonNull(texts.get(priceChange));
    }

    String slug() {
        return slug;
    }

    TenantId tenant() {
        return new TenantId(slug());
    }

    String title() {
        return title;
    }

    String host() {
        return slug() + ".localhost";
    }

    ZoneId zone() {
        return zone;
    }

    List<Person> staff() {
        return staff;
    }

    /** Returns the person who books incoming payments. */
    Person bookkeeper() {
        return staff.get(1);
    }

    List<Category> categories() {
        return categories;
    }

    List<Region> regions() {
        return regions;
    }

    List<Offered> plans() {
        return plans;
    }

    List<Customer> customers() {
        return customers;
    }

    /** Returns the names of people who join customers' organizations. */
    List<String> colleagues() {
        return colleagues;
    }

    /** Returns the input of an operator. */
    TenantDraft draft() {
        return new TenantDraft(
                slug(),
                title,
                List.of(host()),
                currency.getCurrencyCode(),
                zone.getId(),
                locale,
                colours.get(0),
                colours.get(1),
                colours.get(2),
                Optional.empty(),
                staff.get(0).name(),
                staff.get(0).email());
    }

    /** Returns the currency of customers in a country: the neighbors of each brand pay in their own, all others in the home currency. */
    Currency currencyOf(String country) {
        return country.equals(neighbour()) ? additionalCurrency() : currency;
    }

    /** Returns the additional currency of the brand. */
    Currency additionalCurrency() {
        return Currency.getInstance(this == AURORA ? "CHF" : "CAD");
    }

    private String neighbour() {
        return this == AURORA ? "CH" : "CA";
    }

    /** Converts a price to the additional currency, as if entered by hand once: it follows no exchange rate. */
    Money additionalCurrency(Money price) {
        return new Money(price.amount().multiply(new BigDecimal(this == AURORA ? "1" : "1.4")), additionalCurrency());
    }

    /** Returns a whole amount in the brand's currency. */
    Money whole(long amount) {
        return new Money(BigDecimal.valueOf(amount), currency);
    }

    /** Returns the platform's wholesale price: 62 % of the price. */
    static Money wholesale(Money price) {
        return new Money(
                price.amount()
                        .multiply(new BigDecimal("0.62"))
                        .setScale(price.amount().compareTo(BigDecimal.ONE) < 0 ? 4 : 2, RoundingMode.HALF_UP),
                price.currency());
    }

    @Override
    public String toString() {
        return slug;
    }

    /** Returns the regions in which plans are sold: all. */
    Set<String> regionCodes() {
        return Set.copyOf(regions.stream().map(Region::code).toList());
    }

    private static Offered offered(List<String> cells, Currency currency) {
        return new Offered(
                cells.get(0),
                cells.get(1),
                cells.get(2),
                new Plan.Size(
                        Integer.parseInt(cells.get(3)),
                        Integer.parseInt(cells.get(4)) * 1_024,
                        Integer.parseInt(cells.get(5)),
                        TRANSFER_GIB),
                new Money(new BigDecimal(cells.get(6)), currency),
                new Money(new BigDecimal(cells.get(7)), currency));
    }

    private static Customer customer(List<String> cells) {
        return new Customer(
                cells.get(0),
                cells.get(1),
                cells.get(2),
                Person.of(cells.get(3), "owner", cells.get(2)),
                Integer.parseInt(cells.get(4)),
                CustomerScenario.valueOf(cells.get(5)));
    }

    private static <T> List<T> rows(String table, Function<List<String>, T> row) {
        return table.lines()
                .map(line -> row.apply(List.of(line.split(" \\| ", -1))))
                .toList();
    }
}
