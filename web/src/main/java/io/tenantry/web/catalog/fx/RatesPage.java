package io.tenantry.web.catalog.fx;

import io.tenantry.catalog.fx.RateAdministration;
import io.tenantry.catalog.fx.RateAdministration.FaultyLine;
import io.tenantry.catalog.fx.RateAdministration.LatestRate;
import io.tenantry.catalog.fx.RateAdministration.Outcome;
import io.tenantry.catalog.fx.RateAdministration.RateImport;
import io.tenantry.config.Settings;
import io.tenantry.people.identity.Permission;
import io.tenantry.web.layout.Format;
import io.tenantry.web.layout.PageResult;
import io.tenantry.web.layout.Uploads;
import io.tenantry.web.security.CurrentPerson;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.Part;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Exchange rates: the known ones, their source, and importing a file of the European Central Bank. */
@Named
@RequestScoped
public class RatesPage {
    private static final String HERE = "/admin/exchange-rates";
    private static final int BYTES_MAX = 4 * 1024 * 1024;
    private static final int FAULTS_SHOWN = 3;

    @Inject
    RateAdministration administration;

    @Inject
    CurrentPerson me;

    @Inject
    Settings settings;

    @Inject
    Format format;

    private @Nullable Part file;
    private @Nullable Part correction;
    private String reason = "";
    private @Nullable List<LatestRate> latest;
    private @Nullable List<RateImport> readings;

    /** Loads the rates, if the user may view them. */
    public void open() {
        PageResult.load(this::getLatest);
    }

    /** Imports a file. */
    public void read() {
        text(file, "rates:file").ifPresent(text -> show(administration.read(text), "rates"));
    }

    /** Imports a file whose rates replace different ones. */
    public void correct() {
        text(correction, "correction:file").ifPresent(text -> show(administration.correct(text, reason), "correction"));
    }

    private Optional<String> text(@Nullable Part chosen, String input) {
        if (chosen == null || Uploads.isMissing(chosen)) {
            PageResult.refuse(input, format.text("rates.missing"));
            return Optional.empty();
        }
        if (chosen.getSize() > BYTES_MAX) {
            PageResult.refuse(input, format.text("rates.long"));
            return Optional.empty();
        }
        return Uploads.text(chosen, BYTES_MAX, input, format);
    }

    private void show(Outcome outcome, String form) {
        if (outcome instanceof Outcome.Done done) {
            PageResult.go(
                    HERE,
                    done.corrected() > 0
                            ? format.text("rates.corrected", done.corrected())
                            : format.text("rates.done", done.fresh(), done.known()));
        } else if (outcome instanceof Outcome.Invalid invalid) {
            PageResult.refuse(form + ":file", faults(invalid.faults()));
        } else {
            PageResult.refuse(form + ":reason", format.text("rates.reason.missing", RateAdministration.REASON_MAX));
        }
    }

    private String faults(List<FaultyLine> faults) {
        return faults.stream()
                .limit(FAULTS_SHOWN)
                .map(fault -> format.text(
                        "rates.fault",
                        fault.line(),
                        format.text("rates.fault." + fault.kind().toLowerCase(Locale.ROOT), fault.what())))
                .collect(Collectors.joining(" "));
    }

    /** Returns the source of automatic rates, as a keyword. */
    public String getWay() {
        if (settings.demo()) {
            return "demo";
        }
        return settings.ecbUrl().isEmpty() ? "none" : "ecb";
    }

    public List<LatestRate> getLatest() {
        var known = latest;
        if (known == null) {
            known = administration.latest();
            latest = known;
        }
        return known;
    }

    public List<RateImport> getReadings() {
        var known = readings;
        if (known == null) {
            known = administration.readings();
            readings = known;
        }
        return known;
    }

    public boolean isManaged() {
        return me.may(Permission.PLATFORM_TENANTS_MANAGE);
    }

    public @Nullable Part getFile() {
        return file;
    }

    public void setFile(@Nullable Part file) {
        this.file = file;
    }

    /** Returns the file with corrected rates. */
    public @Nullable Part getCorrection() {
        return correction;
    }

    public void setCorrection(@Nullable Part correction) {
        this.correction = correction;
    }

    /** Returns the reason for the correction. */
    public String getReason() {
        return reason;
    }

    public void setReason(@Nullable String reason) {
        this.reason = Objects.requireNonNullElse(reason, "");
    }
}
