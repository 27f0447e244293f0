package io.tenantry.documents;

import io.tenantry.billing.invoicing.BillingPeriod;
import io.tenantry.billing.invoicing.DocumentKind;
import io.tenantry.billing.invoicing.DocumentList;
import io.tenantry.billing.invoicing.InvoiceQuery.Group;
import io.tenantry.billing.invoicing.Invoicing.Line;
import io.tenantry.billing.invoicing.LineSource;
import io.tenantry.billing.invoicing.LineTax;
import io.tenantry.billing.invoicing.PostalAddress;
import io.tenantry.billing.invoicing.TaxSubtotal;
import io.tenantry.billing.tax.TaxTreatment;
import io.tenantry.catalog.fx.ExchangeRate;
import io.tenantry.kernel.money.Money;
import io.tenantry.kernel.money.MoneyFormat;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.MessageFormat;
import java.text.NumberFormat;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.chrono.IsoChronology;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.FormatStyle;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Texts of documents in one language, with dates and times in the reseller's time zone. Independent of the database. */
final class DocumentTexts {
    private static final String SERVICE = "SERVICE";
    private static final String ADDON = "ADDON";
    private static final String TAX_CORRECTED = "TAX_CORRECTED";
    private static final Set<String> CORRECTING = Set.of("CREDITED", "DEBITED");
    private static final int NUMBER_SCALE = 6;

    private final Locale locale;
    private final ZoneId zone;
    private final String reference;
    private final ResourceBundle words;

    DocumentTexts(Locale locale, ZoneId zone) {
        this(locale, zone, "");
    }

    /**
     * Creates the texts.
     *
     * @param reference the payment reference for a bank transfer that pays the document; empty if there is none
     */
    DocumentTexts(Locale locale, ZoneId zone, String reference) {
        this.locale = locale;
        this.zone = zone;
        this.reference = reference;
        this.words = ResourceBundle.getBundle(
                "io.tenantry.documents.texts",
                locale,
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    }

    Locale locale() {
        return locale;
    }

    ZoneId zone() {
        return zone;
    }

    /** Returns the text of a key with its parameters. */
    String text(String key, Object... facts) {
        return new MessageFormat(words.getString(key), locale).format(facts);
    }

    /** Returns the exchange rate to the accounting currency, with its day and source. */
    String rate(ExchangeRate rate) {
        var worth = NumberFormat.getNumberInstance(locale);
        worth.setMinimumFractionDigits(4);
        worth.setMaximumFractionDigits(ExchangeRate.SCALE);
        var source = rate.source().equals("ECB") ? text("home-currency.ecb") : rate.source();
        return text(
                "home-currency.rate",
                rate.home().getCurrencyCode(),
                worth.format(rate.perHome()),
                rate.other().getCurrencyCode(),
                source,
                day(rate.day()));
    }

    /** Returns the name of a kind of document. */
    String kind(DocumentKind kind) {
        return text("kind." + kind);
    }

    /** Returns the description of a line, with the name of its item. */
    String name(Group group, Line line) {
        return Stream.of(group.name(), what(line))
                .filter(part -> !part.isEmpty())
                .distinct()
                .reduce((one, other) -> one + " · " + other)
                .orElseGet(() -> text("group.none"));
    }

    /** Returns the description of a line. */
    String what(Line line) {
        var what = switch (line.of()) {
            case SERVICE -> line.what();
            case ADDON -> text("option." + line.what());
            default -> text("line." + line.of());
        };
        if (line.kind().equals(TAX_CORRECTED) && !line.of().equals(TAX_CORRECTED)) {
            return text("line.TAX_CORRECTED.of", what);
        }
        return CORRECTING.contains(line.kind()) ? text("line." + line.kind(), what) : what;
    }

    /** Returns the note of staff or of the platform on a line; empty if there is none. */
    String note(Line line) {
        return isOfHours(line) ? "" : line.what();
    }

    /** Returns the original month of a line that came too late for that month's document, and that document; empty if it was in time. */
    String late(Line line) {
        return line.origin()
                .flatMap(LineSource::late)
                .map(carriedOver -> carriedOver
                        .document()
                        .map(document -> text("late", month(carriedOver.month()), document.number()))
                        .orElseGet(() -> text("late.alone", month(carriedOver.month()))))
                .orElse("");
    }

    /** Returns whether a line's amounts contain tax, for documents on which that differs; empty if it bears none. */
    String withOrWithoutTax(Line line) {
        return withOrWithoutTax(
                line.tax().filter(LineTax::isGross).isPresent(),
                line.tax().filter(LineTax::isNet).isPresent());
    }

    /** Same as above, for the sum of a group. */
    String withOrWithoutTax(Group group) {
        return withOrWithoutTax(group.isGross(), group.isNet());
    }

    private String withOrWithoutTax(boolean isGross, boolean isNet) {
        return isGross ? text("gross.line") : isNet ? text("net.line") : "";
    }

    private String month(YearMonth month) {
        return month.format(DateTimeFormatter.ofPattern("LLLL uuuu", locale));
    }

    /** Whether a line counts hours. */
    static boolean isHours(Line line) {
        return line.kind().equals(SERVICE) || line.kind().equals(ADDON);
    }

    /** Whether a line is of hours, or corrects one that is. */
    static boolean isOfHours(Line line) {
        return line.of().equals(SERVICE) || line.of().equals(ADDON);
    }

    /** Returns the formatted quantity. */
    String quantity(Line line) {
        return isHours(line) ? text("hours", number(line.quantity())) : number(line.quantity());
    }

    /** Whether the monthly cap applies, so that a line is less than its hours. */
    static boolean isCapped(Line line) {
        var full = line.unitPrice()
                .amount()
                .multiply(line.quantity())
                .add(line.surcharge().amount());
        return line.amount().amount().compareTo(full) < 0;
    }

    /** Returns the time span of a line, or the time of its event. */
    String span(Line line) {
        return line.from().equals(line.to())
                ? moment(line.from())
                : text("span", moment(line.from()), moment(line.to()));
    }

    /** Returns the first and the last day of a period. */
    String days(BillingPeriod period) {
        return text("span", day(period.month().atDay(1)), day(period.month().atEndOfMonth()));
    }

    /** Returns the tax of a part of a document, and its base. */
    String tax(TaxSubtotal part) {
        return text("tax." + part.treatment(), number(part.percent()), country(part.place()), money(part.statedBase()));
    }

    /** Returns why there is no tax; empty if no explanation is needed. */
    String why(TaxTreatment taxTreatment) {
        return taxTreatment == TaxTreatment.TAXED ? "" : text("why." + taxTreatment);
    }

    /** Returns the payment status of the total at the time of issue. */
    String status(DocumentList.InvoiceSummary invoiceSummary, boolean isSettled) {
        if (invoiceSummary.kind() == DocumentKind.CREDIT_NOTE) {
            return text("status.credited", day(invoiceSummary.issuedAt()));
        }
        if (isSettled) {
            return text("status.paid", day(invoiceSummary.issuedAt()));
        }
        var due = invoiceSummary.dueOn().map(this::due).orElseGet(this::open);
        return invoiceSummary.prepaid().isPositive()
                ? text("status.part", money(invoiceSummary.prepaid()), money(invoiceSummary.dueAtIssue()), due)
                : due;
    }

    private String due(LocalDate last) {
        return reference.isEmpty() ? text("status.due", day(last)) : text("status.due.to", day(last), reference);
    }

    /** Returns the text for a document without a due date. */
    private String open() {
        return reference.isEmpty() ? text("status.open") : text("status.open.to", reference);
    }

    /** Returns the non-empty lines of an address. */
    List<String> lines(PostalAddress postalAddress) {
        return lines(postalAddress, "");
    }

    /** Same as {@link #lines(PostalAddress)}, with the region. */
    List<String> lines(PostalAddress postalAddress, String region) {
        return Stream.of(
                        postalAddress.street(),
                        (postalAddress.postcode() + " " + postalAddress.city()).strip(),
                        country(region.isEmpty() ? postalAddress.country() : postalAddress.country() + "-" + region))
                .filter(line -> !line.isEmpty())
                .toList();
    }

    /** Returns an account number grouped for reading. */
    static String grouped(String iban) {
        return iban.replaceAll("(.{4})(?!$)", "$1 ");
    }

    /** Returns an amount rounded to the currency's decimals, for reading. */
    String money(Money money) {
        return MoneyFormat.rounded(money, locale);
    }

    /** Returns an amount rounded for reading; with all decimals if it would be rounded to zero. */
    String nearly(Money money) {
        var isLost = money.amount()
                        .setScale(MoneyFormat.decimals(money), RoundingMode.HALF_UP)
                        .signum()
                == 0;
        return isLost ? exactly(money) : money(money);
    }

    /** Returns an amount with all its decimals. */
    String exactly(Money money) {
        return MoneyFormat.exact(money, locale);
    }

    String number(BigDecimal number) {
        var format = NumberFormat.getInstance(locale);
        format.setMaximumFractionDigits(NUMBER_SCALE);
        return format.format(number.setScale(NUMBER_SCALE, RoundingMode.HALF_EVEN));
    }

    /** Returns a day in the reseller's time zone. */
    String day(Instant instant) {
        return day(instant.atZone(zone).toLocalDate());
    }

    String day(LocalDate day) {
        return DateTimeFormatter.ofPattern(pattern(FormatStyle.MEDIUM, null), locale)
                .format(day);
    }

    private String moment(Instant instant) {
        var at = instant.atZone(zone);
        return day(at.toLocalDate()) + ", "
                + DateTimeFormatter.ofPattern(pattern(null, FormatStyle.SHORT), locale)
                        .format(at);
    }

    private String pattern(@Nullable FormatStyle date, @Nullable FormatStyle time) {
        return DateTimeFormatterBuilder.getLocalizedDateTimePattern(date, time, IsoChronology.INSTANCE, locale);
    }

    /** Returns the text for one of the taxes of a part. */
    String piece(TaxSubtotal.TaxComponent taxComponent) {
        return text(
                taxComponent.isCompound() ? "tax.piece.compound" : "tax.piece",
                number(taxComponent.percent()),
                taxComponent.name());
    }

    /** Returns the name of a country, or of one with a region whose name is not known here. */
    private String country(String place) {
        var parts = place.split("-", 2);
        var name = new Locale.Builder().setRegion(parts[0]).build().getDisplayCountry(locale);
        return parts.length == 1 ? name : name + " (" + parts[1] + ")";
    }
}
