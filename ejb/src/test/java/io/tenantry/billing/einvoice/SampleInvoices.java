package io.tenantry.billing.einvoice;

import io.tenantry.billing.einvoice.EInvoice.BankTransfer;
import io.tenantry.billing.einvoice.EInvoice.InvoicingPeriod;
import io.tenantry.billing.einvoice.EInvoice.Kind;
import io.tenantry.billing.einvoice.EInvoice.Line;
import io.tenantry.billing.einvoice.EInvoice.Party;
import io.tenantry.billing.einvoice.EInvoice.Payment;
import io.tenantry.billing.einvoice.EInvoice.Tax;
import io.tenantry.billing.einvoice.EInvoice.Unit;
import io.tenantry.billing.tax.TaxTreatment;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Random documents as the product may issue them, which vary in what is taxed, how, and to how many decimals. */
final class SampleInvoices {
    static final Party SELLER = new Party(
            "",
            "Aurora Hosting GmbH",
            "Hansaring 12",
            "50670",
            "Köln",
            "DE",
            "DE136695976",
            "215/5815/0815",
            "HRB 31415, Amtsgericht Köln",
            "+49 221 5550100",
            "billing@aurora.example");
    static final Party BUYER = new Party(
            "0a1b2c",
            "Bäckerei <Korn> & Söhne \"Süd\"",
            "Rue de la Loi 1",
            "1000",
            "Bruxelles",
            "BE",
            "BE0202239951",
            "",
            "",
            "",
            "office@korn.example");
    static final InvoicingPeriod OCTOBER = new InvoicingPeriod(LocalDate.of(2026, 10, 1), LocalDate.of(2026, 10, 31));

    /** Ledger currency in which every other taxed document also states its tax. */
    private static final Currency FRANC = Currency.getInstance("CHF");

    private static final BigDecimal FRANCS = new BigDecimal("0.9371");
    private static final Currency EURO = Currency.getInstance("EUR");
    private static final int SCALE = 8;
    private static final int HOURS_MAX = 744;
    private static final List<List<BankTransfer>> WAYS = List.of(
            List.of(taxed("19")),
            List.of(taxed("25.5")),
            List.of(taxed("19"), taxed("20"), taxed("8.1")),
            List.of(taxed("0")),
            List.of(untaxed(TaxTreatment.REVERSE_CHARGE)),
            List.of(untaxed(TaxTreatment.REVERSE_CHARGE), taxed("19")),
            List.of(untaxed(TaxTreatment.EXEMPT)),
            List.of(untaxed(TaxTreatment.EXEMPT), taxed("21"), untaxed(TaxTreatment.OUT_OF_SCOPE)),
            List.of(untaxed(TaxTreatment.SMALL_BUSINESS)),
            List.of(untaxed(TaxTreatment.OUT_OF_SCOPE)),
            List.of(untaxed(TaxTreatment.NOT_REGISTERED)),
            List.of(untaxed(TaxTreatment.NOT_REGISTERED), untaxed(TaxTreatment.OUT_OF_SCOPE)),
            List.of(taxed("19"), untaxed(TaxTreatment.COMPENSATION)),
            List.of(untaxed(TaxTreatment.REVERSE_CHARGE), untaxed(TaxTreatment.COMPENSATION)),
            List.of(untaxed(TaxTreatment.OUT_OF_SCOPE), untaxed(TaxTreatment.COMPENSATION)),
            List.of(untaxed(TaxTreatment.COMPENSATION)));

    /** Documents issued before payment terms existed. */
    private static final long UNDATED = 4;

    static final LocalDate DUE = LocalDate.of(2026, 11, 18);
    static final Payment PAID =
            new Payment(true, "Paid from the balance.", Optional.empty(), "DE89370400440532013000", "COBADEFF");
    static final Payment OPEN =
            new Payment(false, "Payable by 18 November.", Optional.of(DUE), "DE89370400440532013000", "COBADEFF");

    private SampleInvoices() {}

    /** Returns the payment of a document of which the balance paid a part. */
    static Payment prepaid(BigDecimal amount) {
        return new Payment(false, amount, OPEN.terms(), OPEN.dueOn(), OPEN.iban(), OPEN.bic());
    }

    /** Returns an open invoice with tax at one rate. */
    static EInvoice domestic() {
        return of(
                Kind.INVOICE,
                OPEN,
                "PO 4711",
                List.of(hours(1, "744", "0.0119", "8.8536"), hours(2, "3", "0.2", "0.6")));
    }

    /** Returns the document as issued between parties in other countries. */
    static EInvoice between(EInvoice it, String seller, String buyer) {
        return new EInvoice(
                it.kind(),
                it.number(),
                it.issuedOn(),
                it.period(),
                in(it.seller(), seller),
                in(it.buyer(), buyer),
                it.reference(),
                it.corrects(),
                it.notes(),
                it.payment(),
                it.currency(),
                it.lines(),
                it.taxes(),
                it.total(),
                it.taxCurrencyTotals());
    }

    private static Party in(Party party, String country) {
        return new Party(
                party.id(),
                party.name(),
                party.street(),
                party.postcode(),
                party.city(),
                country,
                party.vatNumber(),
                party.taxNumber(),
                party.register(),
                party.phone(),
                party.email());
    }

    static Line hours(int position, String quantity, String price, String net) {
        return hours(position, quantity, price, net, taxed("19"));
    }

    static Line hours(int position, String quantity, String price, String net, BankTransfer bankTransfer) {
        return new Line(
                position,
                "web-1",
                "",
                OCTOBER,
                new BigDecimal(quantity),
                Unit.HOUR,
                new BigDecimal(price),
                new BigDecimal(net),
                bankTransfer);
    }

    static BankTransfer taxed(String percent) {
        return new BankTransfer(TaxTreatment.TAXED, new BigDecimal(percent));
    }

    static BankTransfer untaxed(TaxTreatment taxTreatment) {
        return new BankTransfer(taxTreatment, BigDecimal.ZERO);
    }

    /** Returns a random invoice; the same for the same seed. */
    static EInvoice bySeed(long seed) {
        var random = new Random(seed);
        var ways = WAYS.get((int) Math.floorMod(seed, (long) WAYS.size()));
        var kind = switch (random.nextInt(5)) {
            case 0 -> Kind.CREDIT_NOTE;
            case 1 -> Kind.DEBIT_NOTE;
            default -> Kind.INVOICE;
        };
        var lines = lines(random, kind, ways, ways.size() + random.nextInt(12));
        var isSettled = kind == Kind.CREDIT_NOTE || random.nextBoolean();
        var payment = new Payment(
                isSettled,
                isSettled ? "Paid from the balance." : "Open until the balance is enough.",
                isSettled || seed % UNDATED == 0 ? Optional.empty() : Optional.of(DUE.plusDays(seed)),
                random.nextBoolean() ? "DE89370400440532013000" : "",
                random.nextBoolean() ? "COBADEFF" : "");
        return of(kind, payment, random.nextBoolean() ? "PO 4711" : "", lines);
    }

    /** Returns an invoice of those lines, whose tax and total are calculated as the database does. */
    static EInvoice of(Kind kind, Payment payment, String reference, List<Line> lines) {
        var bases = new LinkedHashMap<BankTransfer, BigDecimal>();
        lines.forEach(line -> bases.merge(line.way(), line.net(), BigDecimal::add));
        var taxes = new ArrayList<Tax>();
        bases.forEach((bankTransfer, base) -> taxes.add(new Tax(
                bankTransfer,
                base.multiply(bankTransfer.percent().movePointLeft(2)).setScale(2, RoundingMode.HALF_UP),
                bankTransfer.treatment() == TaxTreatment.TAXED ? "" : "No tax: " + bankTransfer.treatment())));
        var exact = bases.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        var tax = taxes.stream().map(Tax::tax).reduce(BigDecimal.ZERO, BigDecimal::add);
        return new EInvoice(
                kind,
                "INV-2026-000042",
                LocalDate.of(2026, 11, 4),
                OCTOBER,
                SELLER,
                BUYER,
                reference,
                kind == Kind.INVOICE ? Optional.empty() : Optional.of("INV-2026-000041"),
                List.of("Thank you.\nDays begin at midnight in Europe/Berlin.", "As order #12a# says"),
                payment,
                EURO,
                lines,
                taxes,
                exact.add(tax).setScale(2, RoundingMode.HALF_UP),
                tax.signum() != 0 && lines.size() % 2 == 0
                        ? Optional.of(new EInvoice.TaxCurrencyTotals(
                                FRANC, tax.multiply(FRANCS).setScale(2, RoundingMode.HALF_UP)))
                        : Optional.empty());
    }

    /** Returns this number of lines, taxed in each of the ways in turn. */
    static List<Line> lines(Random random, Kind kind, List<BankTransfer> ways, int count) {
        var lines = new ArrayList<Line>();
        for (var place = 0; place < count; place++) {
            lines.add(line(random, kind, place + 1, ways.get(place % ways.size())));
        }
        return lines;
    }

    private static Line line(Random random, Kind kind, int position, BankTransfer bankTransfer) {
        var isBack = kind == Kind.INVOICE && position > 3 && random.nextInt(6) == 0;
        var hourly = !isBack && kind == Kind.INVOICE && random.nextInt(4) > 0;
        var price = price(random, hourly);
        var quantity = BigDecimal.valueOf(hourly ? 1 + random.nextInt(HOURS_MAX) : 1);
        var full = price.multiply(quantity);
        var net = switch (hourly ? random.nextInt(4) : 3) {
            case 0 -> full.multiply(new BigDecimal("0.9013")).setScale(SCALE, RoundingMode.HALF_UP);
            case 1 -> full.add(price(random, false));
            default -> full;
        };
        var isMinus = isBack || kind == Kind.CREDIT_NOTE;
        return new Line(
                position,
                "web-" + position + " · cx-2",
                random.nextBoolean() ? "1 Oct – 31 Oct" : "",
                random.nextBoolean() ? OCTOBER : new InvoicingPeriod(OCTOBER.from(), OCTOBER.from()),
                quantity,
                hourly ? Unit.HOUR : Unit.ITEM,
                isMinus ? price.negate() : price,
                isMinus ? net.negate() : net,
                bankTransfer);
    }

    private static BigDecimal price(Random random, boolean hourly) {
        return BigDecimal.valueOf(1 + random.nextInt(hourly ? 30_000_000 : Integer.MAX_VALUE), SCALE);
    }
}
