package io.tenantry.web.billing.invoicing;

import io.tenantry.billing.invoicing.TaxCorrections;
import io.tenantry.billing.tax.TaxRates;
import io.tenantry.billing.tax.TaxSettings;
import io.tenantry.billing.tax.TaxSettings.Scheme;
import io.tenantry.people.identity.Permission;
import io.tenantry.text.AmountText;
import io.tenantry.web.layout.Countries;
import io.tenantry.web.layout.Format;
import io.tenantry.web.layout.PageResult;
import io.tenantry.web.layout.Uploads;
import io.tenantry.web.portal.DateRange;
import io.tenantry.web.security.CurrentPerson;
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

/** The tax settings: where the reseller collects tax, the rates, and whether prices include tax. */
@Named
@RequestScoped
public class TaxPage {
    private static final String HERE = "/staff/tax";
    private static final int BYTES_MAX = 1_000_000;
    private static final int FAULTS_SHOWN = 8;

    @Inject
    CurrentPerson me;

    @Inject
    TaxSettings office;

    @Inject
    TaxCorrections corrections;

    @Inject
    Clock clock;

    @Inject
    Countries countries;

    @Inject
    Format format;

    private @Nullable List<TaxSettings.Registration> registrations;
    private @Nullable List<TaxSettings.Pricing> pricing;
    private @Nullable List<TaxSettings.Rate> rates;
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
    private transient @Nullable List<TaxSettings.Exemption> exemptions;
    private @Nullable Boolean isByItself;

    /** Suggests that changes apply from the next month. */
    @PostConstruct
    void suggest() {
        var next = YearMonth.from(clock.instant().atZone(format.zoneOfBooks()))
                .plusMonths(1)
                .atDay(1)
                .toString();
        from = next;
        includedFrom = next;
        rateFrom = next;
    }

    /** Loads the settings in force, if the user may view them. */
    public void open() {
        PageResult.look(() -> {
            registrations = office.registrations();
            pricing = office.pricing();
            rates = office.rates();
        });
    }

    /** Registers a place where tax is collected. */
    public void register() {
        var day = DateRange.day(from);
        var known = Stream.of(Scheme.values())
                .filter(one -> one.name().equals(scheme))
                .findFirst();
        if (day.isEmpty()) {
            tell("registration", TaxSettings.Outcome.FROM);
        } else if (known.isEmpty()) {
            tell("registration", TaxSettings.Outcome.SCHEME);
        } else {
            tell("registration", office.register(place(country, region), number, known.get(), day.get()));
        }
    }

    /** Ends the collection of tax at a place. */
    public void deregister() {
        var day = DateRange.day(endFrom);
        var known = getEndable().stream()
                .filter(one -> Long.toString(one.id()).equals(ending))
                .findFirst();
        if (known.isEmpty()) {
            PageResult.refuse("ending:which", format.text("tax.fault.registration"));
        } else {
            tell(
                    "ending",
                    day.isEmpty()
                            ? TaxSettings.Outcome.FROM
                            : office.deregister(known.get().id(), day.get()));
        }
    }

    /** Returns the registrations without a known end. */
    public List<TaxSettings.Registration> getEndable() {
        return getRegistrations().stream().filter(one -> one.until().isEmpty()).toList();
    }

    /** Returns the label of a registration. */
    public String name(TaxSettings.Registration one) {
        return countries.name(one.country()) + ", " + format.text("tax.scheme." + one.scheme());
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

    /** Saves whether prices include tax. */
    public void price() {
        var day = DateRange.day(includedFrom);
        tell("pricing", day.isEmpty() ? TaxSettings.Outcome.FROM : office.price(isIncluded, day.get()));
    }

    /** Saves whether late confirmations by VIES are corrected automatically. */
    public void correct() {
        corrections.byItself(isByItself());
        PageResult.go(HERE, format.text("tax.correction.saved"));
    }

    /** Whether late confirmations are corrected automatically. */
    public boolean isByItself() {
        var said = isByItself;
        return said == null ? corrections.isByItself() : said;
    }

    public void setByItself(boolean byItself) {
        isByItself = byItself;
    }

    /** Saves a rate. */
    public void rate() {
        var day = DateRange.day(rateFrom);
        var known = AmountText.decimal(percent);
        if (day.isEmpty()) {
            tell("rate", TaxSettings.Outcome.FROM);
        } else if (known.isEmpty()) {
            tell("rate", TaxSettings.Outcome.PERCENT);
        } else {
            tell(
                    "rate",
                    office.rate(new TaxSettings.Rate(
                            place(place, placeRegion),
                            category.strip().toUpperCase(Locale.ROOT),
                            known.get(),
                            day.get())));
        }
    }

    /** Imports a table of rates. */
    public void take() {
        var chosen = file;
        if (chosen == null || chosen.getSize() == 0) {
            PageResult.refuse("table:file", format.text("tax.table.missing"));
        } else if (chosen.getSize() > BYTES_MAX) {
            PageResult.refuse("table:file", format.text("tax.table.long"));
        } else {
            var done = office.take(new String(Uploads.content(chosen, BYTES_MAX), StandardCharsets.UTF_8));
            if (done.faults().isEmpty()) {
                PageResult.go(HERE, format.text("tax.table.done", done.written(), done.known()));
            } else {
                PageResult.refuse("table:file", faults(done.faults()));
            }
        }
    }

    private String faults(List<TaxSettings.Faulty> faults) {
        var said = faults.stream()
                .limit(FAULTS_SHOWN)
                .map(fault ->
                        format.text("tax.table.fault", fault.line(), format.text("tax.table.fault." + fault.fault())))
                .collect(Collectors.joining(" "));
        var more = faults.size() - FAULTS_SHOWN;
        return more > 0 ? said + " " + format.text("tax.table.more", more) : said;
    }

    /** Returns the components of a rate; empty if it is a single tax. */
    public String pieces(TaxSettings.Rate rate) {
        return rate.split().pieces().stream()
                .map(piece -> format.text(
                        piece.isCompound() ? "tax.piece.compound" : "tax.piece",
                        piece.name(),
                        format.rate(piece.percent())))
                .collect(Collectors.joining(", "));
    }

    private static String place(String country, String region) {
        var code = region.strip().toUpperCase(Locale.ROOT);
        return code.isEmpty() ? country : country + "-" + code;
    }

    private void tell(String form, TaxSettings.Outcome outcome) {
        switch (outcome) {
            case DONE, UNCHANGED -> PageResult.go(HERE, format.text("tax.saved"));
            case COUNTRY -> PageResult.refuse(form + ":country", format.text("tax.fault.country"));
            case NUMBER -> PageResult.refuse(form + ":number", format.text("tax.fault.number"));
            case FROM -> PageResult.refuse(form + ":from", format.text("tax.fault.from"));
            case SCHEME -> PageResult.refuse(form + ":scheme", format.text("tax.fault.scheme"));
            case CATEGORY -> PageResult.refuse(form + ":category", format.text("tax.fault.category"));
            case PERCENT -> PageResult.refuse(form + ":percent", format.text("tax.fault.percent"));
            case SELLER, EVIDENCE, DOCUMENT, UNTIL -> PageResult.refuse(format.text("tax.fault.seller"));
        }
    }

    /** Whether the user may change the settings. The use case checks the permission again. */
    public boolean isManaged() {
        return me.may(Permission.STAFF_SETTINGS_MANAGE);
    }

    public List<TaxSettings.Registration> getRegistrations() {
        if (registrations == null) {
            registrations = office.registrations();
        }
        return registrations;
    }

    public List<TaxSettings.Pricing> getPricing() {
        if (pricing == null) {
            pricing = office.pricing();
        }
        return pricing;
    }

    public List<TaxSettings.Rate> getRates() {
        if (rates == null) {
            rates = office.rates();
        }
        return rates;
    }

    /** Returns the categories that have rates, the standard one first. */
    public List<String> getCategories() {
        return Stream.concat(
                        Stream.of(TaxRates.STANDARD),
                        getRates().stream().map(TaxSettings.Rate::category).sorted())
                .distinct()
                .toList();
    }

    /** Returns the categories, as a list in one text. */
    public String getKnownCategories() {
        return String.join(", ", getCategories());
    }

    public String getCategory() {
        return category;
    }

    public void setCategory(@Nullable String category) {
        this.category = Objects.requireNonNullElse(category, "");
    }

    /** Returns the schemes of registration. */
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

    /** Returns the customers that are exempt from tax, and those that were until recently. */
    public List<TaxSettings.Exemption> getExemptions() {
        var known = exemptions;
        if (known == null) {
            known = office.exemptions();
            exemptions = known;
        }
        return known;
    }

    /** Returns the end of an exemption. */
    public String until(TaxSettings.Exemption one) {
        return one.until()
                .map(day -> format.text(one.isOver() ? "tax.until.was" : "tax.until.is", format.date(day, "date")))
                .orElseGet(() -> format.text("tax.until.never"));
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
