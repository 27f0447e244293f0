package io.tenantry.web.invoice;

import io.tenantry.identity.Permission;
import io.tenantry.invoicing.TaxCorrections;
import io.tenantry.tax.TaxOffice;
import io.tenantry.tax.TaxOffice.Scheme;
import io.tenantry.tax.TaxRates;
import io.tenantry.text.AmountText;
import io.tenantry.web.portal.Days;
import io.tenantry.web.security.CurrentPerson;
import io.tenantry.web.shell.Countries;
import io.tenantry.web.shell.Fmt;
import io.tenantry.web.shell.Uploads;
import io.tenantry.web.shell.Visit;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.Part;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.YearMonth;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Where the reseller collects tax, at which rates, and whether its prices have it in them. */
@Named
@RequestScoped
public class TaxPage {
    private static final String HERE = "/staff/tax";
    private static final int BYTES_MAX = 1_000_000;
    private static final int FAULTS_SHOWN = 8;

    @Inject
    CurrentPerson me;

    @Inject
    TaxOffice office;

    @Inject
    TaxCorrections corrections;

    @Inject
    Clock clock;

    @Inject
    Countries countries;

    @Inject
    Fmt fmt;

    private @Nullable List<TaxOffice.Registration> registrations;
    private @Nullable List<TaxOffice.Pricing> pricing;
    private @Nullable List<TaxOffice.Rate> rates;
    private String country = "";
    private String region = "";
    private String number = "";
    private String scheme = Scheme.DOMESTIC.name();
    private String from = "";
    private String ending = "";
    private String endFrom = "";
    private boolean isIncluded;
    private String includedFrom = "";
    private String place = "";
    private String placeRegion = "";
    private String category = TaxRates.STANDARD;
    private String percent = "";
    private String rateFrom = "";
    private @Nullable Part file;
    private transient @Nullable List<TaxOffice.Exemption> exemptions;
    private @Nullable Boolean isByItself;

    /** What is said holds from the next month on, if nobody says otherwise. */
    @PostConstruct
    void suggest() {
        var next = YearMonth.from(clock.instant().atZone(fmt.zoneOfBooks()))
                .plusMonths(1)
                .atDay(1)
                .toString();
        from = next;
        includedFrom = next;
        rateFrom = next;
    }

    /** Looks at what is in force, if it may be seen. */
    public void open() {
        Visit.look(() -> {
            registrations = office.registrations();
            pricing = office.pricing();
            rates = office.rates();
        });
    }

    /** Says where tax is collected. */
    public void register() {
        var day = Days.day(from);
        var known = Stream.of(Scheme.values())
                .filter(one -> one.name().equals(scheme))
                .findFirst();
        if (day.isEmpty()) {
            tell("registration", TaxOffice.Outcome.FROM);
        } else if (known.isEmpty()) {
            tell("registration", TaxOffice.Outcome.SCHEME);
        } else {
            tell("registration", office.register(place(country, region), number, known.get(), day.get()));
        }
    }

    /** Says where tax is not collected any more. */
    public void deregister() {
        var day = Days.day(endFrom);
        var known = getEndable().stream()
                .filter(one -> Long.toString(one.id()).equals(ending))
                .findFirst();
        if (known.isEmpty()) {
            Visit.refuse("ending:which", fmt.text("tax.fault.registration"));
        } else {
            tell(
                    "ending",
                    day.isEmpty()
                            ? TaxOffice.Outcome.FROM
                            : office.deregister(known.get().id(), day.get()));
        }
    }

    /** Registrations of which no end is known. */
    public List<TaxOffice.Registration> getEndable() {
        return getRegistrations().stream().filter(one -> one.until().isEmpty()).toList();
    }

    /** One in words. */
    public String name(TaxOffice.Registration one) {
        return countries.name(one.country()) + ", " + fmt.text("tax.scheme." + one.scheme());
    }

    public String getEnding() {
        return ending;
    }

    public void setEnding(@Nullable String ending) {
        this.ending = Objects.requireNonNullElse(ending, "");
    }

    public String getEndFrom() {
        return endFrom;
    }

    public void setEndFrom(@Nullable String endFrom) {
        this.endFrom = Objects.requireNonNullElse(endFrom, "");
    }

    /** Says whether prices have tax in them. */
    public void price() {
        var day = Days.day(includedFrom);
        tell("pricing", day.isEmpty() ? TaxOffice.Outcome.FROM : office.price(isIncluded, day.get()));
    }

    /** Says whether what VIES confirms late is corrected by itself. */
    public void correct() {
        corrections.byItself(isByItself());
        Visit.go(HERE, fmt.text("tax.correction.saved"));
    }

    /** Whether it is. */
    public boolean isByItself() {
        var said = isByItself;
        return said == null ? corrections.isByItself() : said;
    }

    public void setByItself(boolean byItself) {
        isByItself = byItself;
    }

    /** Says which rate holds. */
    public void rate() {
        var day = Days.day(rateFrom);
        var known = AmountText.decimal(percent);
        if (day.isEmpty()) {
            tell("rate", TaxOffice.Outcome.FROM);
        } else if (known.isEmpty()) {
            tell("rate", TaxOffice.Outcome.PERCENT);
        } else {
            tell(
                    "rate",
                    office.rate(new TaxOffice.Rate(
                            place(place, placeRegion),
                            category.strip().toUpperCase(Locale.ROOT),
                            known.get(),
                            day.get())));
        }
    }

    /** Takes a table of rates. */
    public void take() {
        var chosen = file;
        if (chosen == null || chosen.getSize() == 0) {
            Visit.refuse("table:file", fmt.text("tax.table.missing"));
        } else if (chosen.getSize() > BYTES_MAX) {
            Visit.refuse("table:file", fmt.text("tax.table.long"));
        } else {
            var done = office.take(new String(Uploads.content(chosen, BYTES_MAX), StandardCharsets.UTF_8));
            if (done.faults().isEmpty()) {
                Visit.go(HERE, fmt.text("tax.table.done", done.written(), done.known()));
            } else {
                Visit.refuse("table:file", faults(done.faults()));
            }
        }
    }

    private String faults(List<TaxOffice.Faulty> faults) {
        var said = faults.stream()
                .limit(FAULTS_SHOWN)
                .map(fault -> fmt.text("tax.table.fault", fault.line(), fmt.text("tax.table.fault." + fault.fault())))
                .collect(Collectors.joining(" "));
        var more = faults.size() - FAULTS_SHOWN;
        return more > 0 ? said + " " + fmt.text("tax.table.more", more) : said;
    }

    /** What a rate is made of; empty where it is one tax. */
    public String pieces(TaxOffice.Rate rate) {
        return rate.split().pieces().stream()
                .map(piece -> fmt.text(
                        piece.isCompound() ? "tax.piece.compound" : "tax.piece",
                        piece.name(),
                        fmt.rate(piece.percent())))
                .collect(Collectors.joining(", "));
    }

    private static String place(String country, String region) {
        var code = region.strip().toUpperCase(Locale.ROOT);
        return code.isEmpty() ? country : country + "-" + code;
    }

    private void tell(String form, TaxOffice.Outcome outcome) {
        switch (outcome) {
            case DONE, UNCHANGED -> Visit.go(HERE, fmt.text("tax.saved"));
            case COUNTRY -> Visit.refuse(form + ":country", fmt.text("tax.fault.country"));
            case NUMBER -> Visit.refuse(form + ":number", fmt.text("tax.fault.number"));
            case FROM -> Visit.refuse(form + ":from", fmt.text("tax.fault.from"));
            case SCHEME -> Visit.refuse(form + ":scheme", fmt.text("tax.fault.scheme"));
            case CATEGORY -> Visit.refuse(form + ":category", fmt.text("tax.fault.category"));
            case PERCENT -> Visit.refuse(form + ":percent", fmt.text("tax.fault.percent"));
            case SELLER, EVIDENCE, DOCUMENT, UNTIL -> Visit.refuse(fmt.text("tax.fault.seller"));
        }
    }

    /** Whether it may be changed. The use case asks again. */
    public boolean isManaged() {
        return me.may(Permission.STAFF_SETTINGS_MANAGE);
    }

    public List<TaxOffice.Registration> getRegistrations() {
        if (registrations == null) {
            registrations = office.registrations();
        }
        return registrations;
    }

    public List<TaxOffice.Pricing> getPricing() {
        if (pricing == null) {
            pricing = office.pricing();
        }
        return pricing;
    }

    public List<TaxOffice.Rate> getRates() {
        if (rates == null) {
            rates = office.rates();
        }
        return rates;
    }

    /** The categories of which there are rates, the standard one first. */
    public List<String> getCategories() {
        return Stream.concat(
                        Stream.of(TaxRates.STANDARD),
                        getRates().stream().map(TaxOffice.Rate::category).sorted())
                .distinct()
                .toList();
    }

    /** They, in words. */
    public String getKnownCategories() {
        return String.join(", ", getCategories());
    }

    public String getCategory() {
        return category;
    }

    public void setCategory(@Nullable String category) {
        this.category = Objects.requireNonNullElse(category, "");
    }

    /** The ways in which one can be registered. */
    public List<Scheme> getSchemes() {
        return List.of(Scheme.values());
    }

    public String getCountry() {
        return country;
    }

    public void setCountry(@Nullable String country) {
        this.country = Objects.requireNonNullElse(country, "");
    }

    public String getRegion() {
        return region;
    }

    public void setRegion(@Nullable String region) {
        this.region = Objects.requireNonNullElse(region, "");
    }

    public String getPlaceRegion() {
        return placeRegion;
    }

    public void setPlaceRegion(@Nullable String placeRegion) {
        this.placeRegion = Objects.requireNonNullElse(placeRegion, "");
    }

    /** Customers that are freed of tax, and those that were until lately. */
    public List<TaxOffice.Exemption> getExemptions() {
        var known = exemptions;
        if (known == null) {
            known = office.exemptions();
            exemptions = known;
        }
        return known;
    }

    /** Until when one is. */
    public String until(TaxOffice.Exemption one) {
        return one.until()
                .map(day -> fmt.text(one.isOver() ? "tax.until.was" : "tax.until.is", fmt.date(day, "date")))
                .orElseGet(() -> fmt.text("tax.until.never"));
    }

    public @Nullable Part getFile() {
        return file;
    }

    public void setFile(@Nullable Part file) {
        this.file = file;
    }

    public String getNumber() {
        return number;
    }

    public void setNumber(@Nullable String number) {
        this.number = Objects.requireNonNullElse(number, "");
    }

    public String getScheme() {
        return scheme;
    }

    public void setScheme(@Nullable String scheme) {
        this.scheme = Objects.requireNonNullElse(scheme, "");
    }

    public String getFrom() {
        return from;
    }

    public void setFrom(@Nullable String from) {
        this.from = Objects.requireNonNullElse(from, "");
    }

    public boolean isIncluded() {
        return isIncluded;
    }

    public void setIncluded(boolean included) {
        isIncluded = included;
    }

    public String getIncludedFrom() {
        return includedFrom;
    }

    public void setIncludedFrom(@Nullable String includedFrom) {
        this.includedFrom = Objects.requireNonNullElse(includedFrom, "");
    }

    public String getPlace() {
        return place;
    }

    public void setPlace(@Nullable String place) {
        this.place = Objects.requireNonNullElse(place, "");
    }

    public String getPercent() {
        return percent;
    }

    public void setPercent(@Nullable String percent) {
        this.percent = Objects.requireNonNullElse(percent, "");
    }

    public String getRateFrom() {
        return rateFrom;
    }

    public void setRateFrom(@Nullable String rateFrom) {
        this.rateFrom = Objects.requireNonNullElse(rateFrom, "");
    }
}
