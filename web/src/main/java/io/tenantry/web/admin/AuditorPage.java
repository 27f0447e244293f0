package io.tenantry.web.admin;

import io.tenantry.admin.auditor.Auditor;
import io.tenantry.admin.auditor.Invariant;
import io.tenantry.admin.auditor.Violation;
import io.tenantry.config.Settings;
import io.tenantry.tenancy.Tenant;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.tenancy.TenantId;
import io.tenantry.web.layout.Format;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The auditor's invariants and its findings per tenant. */
@Named
@ViewScoped
public class AuditorPage implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final int SHOWN_MAX = 200;

    @Inject
    Auditor auditor;

    @Inject
    TenantDirectory directory;

    @Inject
    Settings settings;

    @Inject
    Format format;

    private transient @Nullable List<Auditor.Report> latest;
    private long chosen;
    private String reason = "";

    /** Runs all checks for all tenants and the platform. */
    public void run() {
        var reports = auditor.run();
        latest = null;
        var broken = reports.stream().filter(report -> !report.isClean()).count();
        if (broken == 0) {
            FacesMessages.done(format.text("auditor.ran.clean", reports.size()));
        } else {
            FacesMessages.refused(format.text("auditor.ran.broken", broken));
        }
    }

    /** Runs all checks for the reported tenant, or for everything if the report is the platform's. */
    public void runFor(Auditor.Report report) {
        report.tenant().ifPresentOrElse(auditor::runFor, auditor::run);
        latest = null;
        chosen = 0;
    }

    /** Whether the clock can be moved, which the auditor does not follow. */
    public boolean isDemo() {
        return settings.demo();
    }

    /** Returns the latest report of each tenant and of the platform. */
    public List<Auditor.Report> getLatest() {
        if (latest == null) {
            latest = auditor.latest();
        }
        return latest;
    }

    /** Shows the findings of a report. */
    public void choose(Auditor.Report report) {
        chosen = report.id();
    }

    /** Returns the report whose findings are shown. */
    public Auditor.@Nullable Report getChosen() {
        return getLatest().stream()
                .filter(report -> report.id() == chosen)
                .findFirst()
                .orElse(null);
    }

    /** Returns the findings of the chosen report, up to the number that the page shows. */
    public List<Violation> getViolations() {
        return getChosen() == null
                ? List.of()
                : auditor.violations(chosen).stream().limit(SHOWN_MAX).toList();
    }

    /** Whether the chosen report has more findings than the page shows. */
    public boolean isCut() {
        var report = getChosen();
        return report != null && report.violations() > SHOWN_MAX;
    }

    public int getShownMax() {
        return SHOWN_MAX;
    }

    /** Includes the wallet of a finding in charging again. */
    public void release(Violation violation) {
        if (reason.isBlank()) {
            FacesMessages.at("findings:reason", format.text("auditor.reason.missing"));
            return;
        }
        var tenant = Optional.ofNullable(getChosen()).flatMap(Auditor.Report::tenant);
        var wallet = violation.walletId();
        if (tenant.isPresent() && wallet.isPresent()) {
            release(tenant.get(), wallet.get());
        }
    }

    private void release(TenantId tenant, UUID wallet) {
        try {
            auditor.release(tenant, wallet, reason);
            reason = "";
            FacesMessages.done(format.text("auditor.released"));
        } catch (io.tenantry.people.identity.NotFoundException notParked) {
            FacesMessages.done(format.text("auditor.not-parked"));
        }
    }

    /** Returns all invariants that the auditor checks. */
    public List<Invariant> getInvariants() {
        return auditor.invariants();
    }

    /** Returns the display name of the tenant that a report covers. */
    public String nameOf(Auditor.Report report) {
        return report.tenant().map(this::nameOf).orElseGet(() -> format.text("auditor.platform"));
    }

    private String nameOf(TenantId id) {
        return directory.byId(id).map(Tenant::name).orElse(id.value());
    }

    public String getReason() {
        return reason;
    }

    public void setReason(@Nullable String reason) {
        this.reason = Objects.requireNonNullElse(reason, "").strip();
    }
}
