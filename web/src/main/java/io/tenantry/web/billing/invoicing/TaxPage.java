package io.tenantry.web.billing.invoicing;

import io.tenantry.billing.invoicing.AutomaticTaxCorrections;
import io.tenantry.billing.tax.CustomerTaxStatuses;
import io.tenantry.billing.tax.TaxSettings;
import io.tenantry.billing.tax.TaxSettings.Scheme;
import io.tenantry.people.identity.Permission;
import io.tenantry.web.layout.Countries;
import io.tenantry.web.layout.Format;
import io.tenantry.web.layout.PageResult;
import io.tenantry.web.portal.DateRange;
import io.tenantry.web.security.CurrentPerson;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Clock;
import java.time.YearMonth;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The tax settings: where the reseller collects tax, and whether prices include tax. The rates are those of {@link TaxRatesPage}. */
@Named
@RequestScoped
public class TaxPage {
    static final String HERE = "/staff/tax";

    @Inject
    CurrentPerson me;

    @Inject
    TaxSettings settings;

    @Inject
    CustomerTaxStatuses statuses;

    @Inject
    AutomaticTaxCorrections automaticCorrections;

    @Inject
    Clock clock;

    @Inject
    Countries countries;

    @Inject
    Format format;

    private @Nullable List<TaxSettings.Registration> registrations;
    private @Nullable List<TaxSettings.Pricing> pricing;
    private String country = "";
    private String region = "";
    private String number = "";
    private String scheme = Scheme.DOMESTIC.name();
    private String from = "";
    private String ending = "";
    private String endFrom = "";
    private boolean isIncluded;
    private String includedFrom = "";
    private transient @Nullable List<CustomerTaxStatuses.Exemption> exemptions;
    private @Nullable Boolean isByItself;

    /** Suggests that changes apply from the next month. */
    @PostConstruct
    void suggest() {
        var next = nextMonth();
        from = next;
        includedFrom = next;
    }

    /** Returns the first day of the next month. */
    String nextMonth() {
        return YearMonth.from(clock.instant().atZone(format.zoneOfBooks()))
                .plusMonths(1)
                .atDay(1)
                .toString();
    }

    /** Loads the settings in force, if the user may view them. */
    public void open() {
        PageResult.load(() -> {
            registrations = settings.registrations();
            pricing = settings.pricing();
        });
    }

    /** Registers a place where tax is collected. */
    public void register() {
        var day = DateRange.day(from);
        var known = Stream.of(Scheme.values())
                .filter(one -> one.name().equals(scheme))
                .findFirst();
        if (day.isEmpty()) {
            showOutcome("registration", TaxSettings.Outcome.FROM);
        } else if (known.isEmpty()) {
            showOutcome("registration", TaxSettings.Outcome.SCHEME);
        } else {
            showOutcome("registration", settings.register(place(country, region), number, known.get(), day.get()));
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
            showOutcome(
                    "ending",
                    day.isEmpty()
                            ? TaxSettings.Outcome.FROM
                            : settings.deregister(known.get().id(), day.get()));
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
        showOutcome("pricing", day.isEmpty() ? TaxSettings.Outcome.FROM : settings.setPricing(isIncluded, day.get()));
    }

    /** Saves whether late confirmations by VIES are corrected automatically. */
    public void correct() {
        automaticCorrections.setEnabled(isByItself());
        PageResult.go(HERE, format.text("tax.correction.saved"));
    }

    /** Whether late confirmations are corrected automatically. */
    public boolean isByItself() {
        var stated = isByItself;
        return stated == null ? automaticCorrections.isEnabled() : stated;
    }

    public void setByItself(boolean byItself) {
        isByItself = byItself;
    }

    /** Returns the code of a country, or of a region in one. */
    static String place(String country, String region) {
        var code = region.strip().toUpperCase(Locale.ROOT);
        return code.isEmpty() ? country : country + "-" + code;
    }

    /** Shows the outcome of a form. */
    private void showOutcome(String form, TaxSettings.Outcome outcome) {
        switch (outcome) {
            case DONE -> PageResult.go(HERE, format.text("tax.saved"));
            case REGISTERED -> PageResult.refuse(form + ":country", format.text("tax.fault.registered"));
            case ENDED -> PageResult.refuse(form + ":which", format.text("tax.fault.ended"));
            case COUNTRY -> PageResult.refuse(form + ":country", format.text("tax.fault.country"));
            case NUMBER -> PageResult.refuse(form + ":number", format.text("tax.fault.number"));
            case FROM -> PageResult.refuse(form + ":from", format.text("tax.fault.from"));
            case SCHEME -> PageResult.refuse(form + ":scheme", format.text("tax.fault.scheme"));
            case SELLER -> PageResult.refuse(format.text("tax.fault.seller"));
        }
    }

    /** Whether the user may change the settings. The use case checks the permission again. */
    public boolean isManaged() {
        return me.may(Permission.STAFF_SETTINGS_MANAGE);
    }

    public List<TaxSettings.Registration> getRegistrations() {
        if (registrations == null) {
            registrations = settings.registrations();
        }
        return registrations;
    }

    public List<TaxSettings.Pricing> getPricing() {
        if (pricing == null) {
            pricing = settings.pricing();
        }
        return pricing;
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

    /** Returns the customers that are exempt from tax, and those that were until recently. */
    public List<CustomerTaxStatuses.Exemption> getExemptions() {
        var known = exemptions;
        if (known == null) {
            known = statuses.exemptions();
            exemptions = known;
        }
        return known;
    }

    /** Returns the end of an exemption. */
    public String until(CustomerTaxStatuses.Exemption one) {
        return one.until()
                .map(day -> format.text(one.isOver() ? "tax.until.was" : "tax.until.is", format.date(day, "date")))
                .orElseGet(() -> format.text("tax.until.never"));
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
}
