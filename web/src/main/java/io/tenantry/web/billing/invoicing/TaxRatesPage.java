package io.tenantry.web.billing.invoicing;

import io.tenantry.billing.tax.TaxRateSettings;
import io.tenantry.billing.tax.TaxRateSettings.Outcome;
import io.tenantry.billing.tax.TaxRates;
import io.tenantry.text.AmountText;
import io.tenantry.web.layout.Countries;
import io.tenantry.web.layout.Format;
import io.tenantry.web.layout.PageResult;
import io.tenantry.web.layout.Uploads;
import io.tenantry.web.portal.DateRange;
import jakarta.annotation.PostConstruct;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.Part;
import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The tax rates: those in force, a single one to save, and a table of them to import. */
@Named
@ViewScoped
public class TaxRatesPage implements Serializable {
    private static final long serialVersionUID = 1L;

    private static final int BYTES_MAX = 1_000_000;
    private static final int FAULTS_SHOWN = 8;

    @Inject
    TaxPage page;

    @Inject
    TaxRateSettings settings;

    @Inject
    Countries countries;

    @Inject
    Format format;

    private transient @Nullable List<TaxRateSettings.Listed> rates;
    private String place = "";
    private String placeRegion = "";
    private String category = TaxRates.STANDARD;
    private String percent = "";
    private String rateFrom = "";
    private transient @Nullable Part file;

    /** Suggests that changes apply from the next month. */
    @PostConstruct
    void suggest() {
        rateFrom = page.nextMonth();
    }

    /** Saves a rate. */
    public void rate() {
        var day = DateRange.day(rateFrom);
        var known = AmountText.decimal(percent);
        if (day.isEmpty()) {
            tell(Outcome.FROM);
        } else if (known.isEmpty()) {
            tell(Outcome.PERCENT);
        } else {
            var rate = new TaxRateSettings.Rate(
                    TaxPage.place(place, placeRegion),
                    category.strip().toUpperCase(Locale.ROOT),
                    known.get(),
                    day.get());
            var outcome = settings.set(rate);
            if (outcome == Outcome.EXISTS) {
                PageResult.refuse("rate:from", existing(rate));
            } else {
                tell(outcome);
            }
        }
    }

    /** Names the rate that a new one would replace, and what is possible instead. */
    private String existing(TaxRateSettings.Rate rate) {
        rates = null;
        return getRates().stream()
                .filter(one -> one.rate().place().equals(rate.place())
                        && one.rate().category().equals(rate.category())
                        && one.rate().from().equals(rate.from()))
                .findFirst()
                .map(one -> format.text(
                        one.isComing() ? "tax.fault.exists.coming" : "tax.fault.exists",
                        format.rate(one.rate().percent())))
                .orElseGet(() -> format.text("tax.fault.exists.changed"));
    }

    /** Withdraws a rate before its day. */
    public void withdraw(long id) {
        switch (settings.withdraw(id)) {
            case DONE -> PageResult.go(TaxPage.HERE, format.text("tax.rate.withdrawn"));
            case GONE -> PageResult.refuse(format.text("tax.fault.gone"));
            case STARTED -> PageResult.refuse(format.text("tax.fault.started"));
            case NEEDED -> PageResult.refuse(format.text("tax.fault.needed"));
        }
    }

    /** Returns what identifies a rate: its place, category and percentage. */
    public String name(TaxRateSettings.Rate rate) {
        return format.text("tax.rate.name", countries.name(rate.place()), rate.category(), format.rate(rate.percent()));
    }

    private void tell(Outcome outcome) {
        switch (outcome) {
            case DONE -> PageResult.go(TaxPage.HERE, format.text("tax.saved"));
            case EXISTS -> PageResult.refuse("rate:from", format.text("tax.fault.exists.changed"));
            case COUNTRY -> PageResult.refuse("rate:country", format.text("tax.fault.country"));
            case CATEGORY -> PageResult.refuse("rate:category", format.text("tax.fault.category"));
            case PERCENT -> PageResult.refuse("rate:percent", format.text("tax.fault.percent"));
            case FROM -> PageResult.refuse("rate:from", format.text("tax.fault.from"));
        }
    }

    /** Imports a table of rates. */
    public void take() {
        var chosen = file;
        if (chosen == null || Uploads.isMissing(chosen)) {
            PageResult.refuse("table:file", format.text("tax.table.missing"));
        } else if (chosen.getSize() > BYTES_MAX) {
            PageResult.refuse("table:file", format.text("tax.table.long"));
        } else {
            Uploads.text(chosen, BYTES_MAX, "table:file", format).ifPresent(this::take);
        }
    }

    private void take(String table) {
        var done = settings.importTable(table);
        if (done.faults().isEmpty() && done.written() + done.known() == 0) {
            PageResult.refuse("table:file", format.text("tax.table.none"));
        } else if (done.faults().isEmpty()) {
            PageResult.go(TaxPage.HERE, format.text("tax.table.done", done.written(), done.known()));
        } else {
            PageResult.refuse("table:file", faults(done.faults()));
        }
    }

    private String faults(List<TaxRateSettings.Faulty> faults) {
        var text = faults.stream()
                .limit(FAULTS_SHOWN)
                .map(fault ->
                        format.text("tax.table.fault", fault.line(), format.text("tax.table.fault." + fault.fault())))
                .collect(Collectors.joining(" "));
        var more = faults.size() - FAULTS_SHOWN;
        return more > 0 ? text + " " + format.text("tax.table.more", more) : text;
    }

    /** Returns the components of a rate; empty if it is a single tax. */
    public String pieces(TaxRateSettings.Rate rate) {
        return rate.split().pieces().stream()
                .map(singleTax -> format.text(
                        singleTax.isCompound() ? "tax.piece.compound" : "tax.piece",
                        singleTax.name(),
                        format.rate(singleTax.percent())))
                .collect(Collectors.joining(", "));
    }

    public List<TaxRateSettings.Listed> getRates() {
        if (rates == null) {
            rates = settings.listed();
        }
        return rates;
    }

    /** Returns the categories that have rates, the standard one first. */
    public List<String> getCategories() {
        return Stream.concat(
                        Stream.of(TaxRates.STANDARD),
                        getRates().stream().map(one -> one.rate().category()).sorted())
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

    public String getPlaceRegion() {
        return placeRegion;
    }

    public void setPlaceRegion(@Nullable String placeRegion) {
        this.placeRegion = Objects.requireNonNullElse(placeRegion, "");
    }

    public @Nullable Part getFile() {
        return file;
    }

    public void setFile(@Nullable Part file) {
        this.file = file;
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
