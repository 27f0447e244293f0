package io.tenantry.web.currency;

import io.tenantry.config.Settings;
import io.tenantry.exchange.RateOffice;
import io.tenantry.exchange.RateOffice.Latest;
import io.tenantry.exchange.RateOffice.Outcome;
import io.tenantry.exchange.RateOffice.Reading;
import io.tenantry.exchange.RateOffice.Wrong;
import io.tenantry.identity.Permission;
import io.tenantry.web.security.CurrentPerson;
import io.tenantry.web.shell.Fmt;
import io.tenantry.web.shell.Uploads;
import io.tenantry.web.shell.Visit;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.Part;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What currencies are worth: what is known, from where, and reading in a file of the European Central Bank. */
@Named
@RequestScoped
public class RatesPage {
    private static final String HERE = "/console/rates";
    private static final int BYTES_MAX = 4 * 1024 * 1024;
    private static final int FAULTS_SHOWN = 3;

    @Inject
    RateOffice office;

    @Inject
    CurrentPerson me;

    @Inject
    Settings settings;

    @Inject
    Fmt fmt;

    private @Nullable Part file;
    private @Nullable List<Latest> latest;
    private @Nullable List<Reading> readings;

    /** Looks at them, if they may be seen. */
    public void open() {
        Visit.look(this::getLatest);
    }

    /** Reads in a file. */
    public void read() {
        var chosen = file;
        if (chosen == null || chosen.getSize() == 0) {
            Visit.refuse("rates:file", fmt.text("rates.missing"));
            return;
        }
        if (chosen.getSize() > BYTES_MAX) {
            Visit.refuse("rates:file", fmt.text("rates.long"));
            return;
        }
        var outcome = office.read(new String(Uploads.content(chosen, BYTES_MAX), StandardCharsets.UTF_8));
        if (outcome instanceof Outcome.Done done) {
            Visit.go(HERE, fmt.text("rates.done", done.fresh(), done.known()));
        } else if (outcome instanceof Outcome.Invalid invalid) {
            Visit.refuse("rates:file", faults(invalid.faults()));
        }
    }

    private String faults(List<Wrong> faults) {
        return faults.stream()
                .limit(FAULTS_SHOWN)
                .map(fault -> fmt.text(
                        "rates.fault",
                        fault.line(),
                        fmt.text("rates.fault." + fault.kind().toLowerCase(Locale.ROOT), fault.what())))
                .collect(Collectors.joining(" "));
    }

    /** From where rates come by themselves: a word for it. */
    public String getWay() {
        if (settings.demo()) {
            return "demo";
        }
        return settings.ecbUrl().isEmpty() ? "none" : "ecb";
    }

    public List<Latest> getLatest() {
        var known = latest;
        if (known == null) {
            known = office.latest();
            latest = known;
        }
        return known;
    }

    public List<Reading> getReadings() {
        var known = readings;
        if (known == null) {
            known = office.readings();
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
}
