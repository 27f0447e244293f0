package io.tenantry.billing.einvoice;

import io.tenantry.billing.einvoice.EInvoice.BankTransfer;
import io.tenantry.billing.einvoice.EInvoice.Kind;
import io.tenantry.billing.einvoice.EInvoice.Line;
import io.tenantry.billing.einvoice.EInvoice.Party;
import io.tenantry.billing.einvoice.EInvoice.Payment;
import io.tenantry.billing.tax.TaxTreatment;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * The sorts of documents that are validated. Each generates random documents, the same for the same seed, and recognizes a document of its
 * sort.
 */
enum SampleKind {
    /** Each way to be taxed in turn, of each kind, with lines of each sort. */
    WHATEVER_COMES {
        @Override
        EInvoice bySeed(long seed) {
            return SampleInvoices.bySeed(seed);
        }

        @Override
        boolean isSortOf(EInvoice it) {
            return true;
        }
    },

    /** The buyer owes the tax, in another EU member state. */
    REVERSE_CHARGE {
        @Override
        EInvoice made(Random random) {
            return invoice(
                    random, lines(random, Kind.INVOICE, List.of(SampleInvoices.untaxed(TaxTreatment.REVERSE_CHARGE))));
        }

        @Override
        boolean isSortOf(EInvoice it) {
            return it.lines().stream().allMatch(line -> line.way().treatment() == TaxTreatment.REVERSE_CHARGE)
                    && !it.buyer().vatNumber().isEmpty();
        }
    },

    /** Credits what an invoice charged, at one rate or two. */
    CREDIT_NOTE {
        @Override
        EInvoice made(Random random) {
            var ways = random.nextBoolean() ? List.of(TAXED) : RATES;
            return SampleInvoices.of(
                    Kind.CREDIT_NOTE, SampleInvoices.PAID, "PO 4711", lines(random, Kind.CREDIT_NOTE, ways));
        }

        @Override
        boolean isSortOf(EInvoice it) {
            return it.kind() == Kind.CREDIT_NOTE
                    && it.total().signum() < 0
                    && it.corrects().isPresent();
        }
    },

    /** Charges more for what an invoice charged. */
    DEBIT_NOTE {
        @Override
        EInvoice made(Random random) {
            return SampleInvoices.of(
                    Kind.DEBIT_NOTE,
                    random.nextBoolean() ? SampleInvoices.PAID : SampleInvoices.OPEN,
                    "",
                    lines(random, Kind.DEBIT_NOTE, List.of(TAXED)));
        }

        @Override
        boolean isSortOf(EInvoice it) {
            return it.kind() == Kind.DEBIT_NOTE && it.corrects().isPresent();
        }
    },

    /** Two rates and one of zero. */
    SEVERAL_RATES {
        @Override
        EInvoice made(Random random) {
            return invoice(random, lines(random, Kind.INVOICE, RATES));
        }

        @Override
        boolean isSortOf(EInvoice it) {
            return it.lines().stream().map(Line::way).distinct().count() == RATES.size();
        }
    },

    /** Months that reached their cap, so that line totals are less than hours by price. */
    ALLOWANCE {
        @Override
        EInvoice made(Random random) {
            return invoice(random, uneven(random, "-0.17"));
        }

        @Override
        boolean isSortOf(EInvoice it) {
            return InvoiceTotals.of(it).lines().stream()
                    .allMatch(figure -> figure.allowance().signum() > 0);
        }
    },

    /** A charge in addition to hours by price. */
    CHARGE {
        @Override
        EInvoice made(Random random) {
            return invoice(random, uneven(random, "0.23"));
        }

        @Override
        boolean isSortOf(EInvoice it) {
            return InvoiceTotals.of(it).lines().stream()
                    .allMatch(figure -> figure.charge().signum() > 0);
        }
    },

    /** The balance covers a part of the amount at issue. */
    PARTLY_PREPAID {
        @Override
        EInvoice made(Random random) {
            var lines = lines(random, Kind.INVOICE, List.of(TAXED));
            var total = SampleInvoices.of(Kind.INVOICE, SampleInvoices.OPEN, "PO 4711", lines)
                    .total();
            return SampleInvoices.of(
                    Kind.INVOICE,
                    SampleInvoices.prepaid(total.divide(BigDecimal.valueOf(3), 2, RoundingMode.DOWN)),
                    "PO 4711",
                    lines);
        }

        @Override
        boolean isSortOf(EInvoice it) {
            var invoiceTotals = InvoiceTotals.of(it);
            return invoiceTotals.paid().signum() > 0 && invoiceTotals.due().signum() > 0;
        }
    },

    /** The balance covers the whole amount at issue. */
    PREPAID {
        @Override
        EInvoice made(Random random) {
            return SampleInvoices.of(
                    Kind.INVOICE, SampleInvoices.PAID, "PO 4711", lines(random, Kind.INVOICE, List.of(TAXED)));
        }

        @Override
        boolean isSortOf(EInvoice it) {
            var invoiceTotals = InvoiceTotals.of(it);
            return invoiceTotals.paid().signum() > 0 && invoiceTotals.due().signum() == 0;
        }
    },

    /** Nothing is payable: everything was credited, or no line costs anything. */
    ZERO {
        @Override
        EInvoice made(Random random) {
            var bankTransfer = random.nextBoolean() ? TAXED : SampleInvoices.untaxed(TaxTreatment.REVERSE_CHARGE);
            var lines = new ArrayList<Line>();
            if (random.nextBoolean()) {
                lines.add(SampleInvoices.hours(1, "1", "0", "0", bankTransfer));
                lines.add(SampleInvoices.hours(2, "744", "0", "0", bankTransfer));
            } else {
                var price = BigDecimal.valueOf(1 + random.nextInt(2_000_000), 5).toPlainString();
                lines.add(SampleInvoices.hours(1, "1", price, price, bankTransfer));
                lines.add(SampleInvoices.hours(2, "1", "-" + price, "-" + price, bankTransfer));
            }
            return invoice(random, lines);
        }

        @Override
        boolean isSortOf(EInvoice it) {
            return it.total().signum() == 0;
        }
    },

    /** Seller, buyer, items and notes in Arabic and Hebrew. */
    RIGHT_TO_LEFT {
        @Override
        EInvoice made(Random random) {
            var lines = lines(random, Kind.INVOICE, List.of(TAXED)).stream()
                    .map(line -> new Line(
                            line.position(),
                            "خادم " + line.position() + " · אור",
                            "من 1 أكتوبر",
                            line.days(),
                            line.quantity(),
                            line.unit(),
                            line.price(),
                            line.net(),
                            line.way()))
                    .toList();
            var it = invoice(random, lines);
            return new EInvoice(
                    it.kind(),
                    it.number(),
                    it.issuedOn(),
                    it.period(),
                    named(it.seller(), "אור חדש בע״מ", "רחוב הרצל 5", "Köln"),
                    named(it.buyer(), "شركة النور <للتجارة> & Söhne (القاهرة)", "شارع النيل 12", "القاهرة"),
                    "مرجع 17",
                    it.corrects(),
                    List.of("شكرا \u200Fلكم #12# (مصر)", "תודה רבה"),
                    it.payment(),
                    it.currency(),
                    it.lines(),
                    it.taxes(),
                    it.total(),
                    it.taxCurrencyTotals());
        }

        @Override
        boolean isSortOf(EInvoice it) {
            return it.buyer().name().contains("النور") && it.seller().name().contains("אור");
        }
    },

    /** The tax is also stated in the ledger's currency. */
    ANOTHER_TAX_CURRENCY {
        @Override
        EInvoice made(Random random) {
            var lines = lines(random, Kind.INVOICE, List.of(TAXED));
            return invoice(random, lines.subList(0, lines.size() / 2 * 2));
        }

        @Override
        boolean isSortOf(EInvoice it) {
            return it.taxCurrencyTotals()
                    .filter(taxCurrencyTotals -> !taxCurrencyTotals.currency().equals(it.currency()))
                    .isPresent();
        }
    },

    /** A month of many servers. */
    FIVE_HUNDRED_LINES {
        @Override
        EInvoice made(Random random) {
            return invoice(random, SampleInvoices.lines(random, Kind.INVOICE, RATES, LINES));
        }

        @Override
        boolean isSortOf(EInvoice it) {
            return it.lines().size() == LINES;
        }
    };

    /** Number of documents validated. */
    private static final int ALL = 200;

    /** Documents with many lines take as long as thirty others. */
    private static final int LONG_ONES = 2;

    private static final int EACH = 15;
    private static final int LINES = 500;
    private static final BankTransfer TAXED = SampleInvoices.taxed("19");
    private static final List<BankTransfer> RATES =
            List.of(TAXED, SampleInvoices.taxed("7"), SampleInvoices.taxed("0"));

    /** Returns how many documents of this sort are validated. {@code -Deinvoices=1000} raises the number of random ones. */
    int count() {
        return switch (this) {
            case FIVE_HUNDRED_LINES -> LONG_ONES;
            case WHATEVER_COMES -> Integer.getInteger("einvoices", ALL) - LONG_ONES - EACH * (values().length - 2);
            default -> EACH;
        };
    }

    EInvoice bySeed(long seed) {
        return made(new Random(seed));
    }

    /** Returns a random document. */
    EInvoice made(Random random) {
        throw new IllegalStateException(this + " is made by seed, not by " + random);
    }

    /** Whether the document has the property the sort is named after. */
    abstract boolean isSortOf(EInvoice it);

    private static List<Line> lines(Random random, Kind kind, List<BankTransfer> ways) {
        return SampleInvoices.lines(random, kind, ways, 3 + random.nextInt(6));
    }

    private static EInvoice invoice(Random random, List<Line> lines) {
        return SampleInvoices.of(Kind.INVOICE, open(random), random.nextBoolean() ? "PO 4711" : "", lines);
    }

    private static Payment open(Random random) {
        return random.nextInt(3) > 0 ? SampleInvoices.OPEN : SampleInvoices.PAID;
    }

    /** Returns lines whose totals deviate from hours by price by a share. */
    private static List<Line> uneven(Random random, String share) {
        var lines = new ArrayList<Line>();
        for (var position = 1; position <= 4; position++) {
            var price = BigDecimal.valueOf(1_000_000 + random.nextInt(30_000_000), 8);
            var full = price.multiply(BigDecimal.valueOf(744));
            var net = full.add(full.multiply(new BigDecimal(share)).setScale(8, RoundingMode.HALF_UP));
            lines.add(SampleInvoices.hours(position, "744", price.toPlainString(), net.toPlainString(), TAXED));
        }
        return lines;
    }

    private static Party named(Party it, String name, String street, String city) {
        return new Party(
                it.id(),
                name,
                street,
                it.postcode(),
                city,
                it.country(),
                it.vatNumber(),
                it.taxNumber(),
                it.register(),
                it.phone(),
                it.email());
    }
}
