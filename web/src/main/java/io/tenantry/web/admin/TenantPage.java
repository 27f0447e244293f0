package io.tenantry.web.admin;

import io.tenantry.admin.platform.PlatformOverview;
import io.tenantry.admin.platform.Tenants;
import io.tenantry.billing.charging.RunAdministration;
import io.tenantry.billing.charging.RunQuery;
import io.tenantry.config.Settings;
import io.tenantry.kernel.money.Money;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.tenancy.Tenant;
import jakarta.faces.context.FacesContext;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One reseller: its details, its latest runs, and suspending and resuming its portal. */
@Named
@ViewScoped
public class TenantPage implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final int RUNS_SHOWN = 6;

    @Inject
    Tenants tenants;

    @Inject
    PlatformOverview platformOverview;

    @Inject
    RunAdministration runs;

    @Inject
    Settings settings;

    private String slug = "";
    private transient @Nullable Tenant tenant;
    private transient @Nullable Integer services;
    private transient @Nullable List<RunQuery.RunSummary> latest;

    /** Loads the reseller; responds with 404 if it does not exist. */
    public void open() throws IOException {
        if (find().isEmpty()) {
            var context = FacesContext.getCurrentInstance();
            context.getExternalContext().responseSendError(HttpServletResponse.SC_NOT_FOUND, slug);
            context.responseComplete();
        }
    }

    /** Suspends the portal; if it was already suspended concurrently, the page shows that. */
    public String suspend() {
        tenants.suspend(getTenant().id());
        return here();
    }

    /** Resumes the portal; if it was already resumed concurrently, the page shows that. */
    public String resume() {
        tenants.resume(getTenant().id());
        return here();
    }

    /** Discards the loaded reseller because it was changed. */
    void forget() {
        tenant = null;
    }

    public Tenant getTenant() {
        var known = tenant;
        if (known == null) {
            known = find().orElseThrow(() -> new NotFoundException("reseller", slug));
            tenant = known;
        }
        return known;
    }

    public int getServices() {
        var known = services;
        if (known == null) {
            known = isKept() ? platformOverview.runningServices(getTenant().id()) : 0;
            services = known;
        }
        return known;
    }

    /** Returns the latest runs. */
    public List<RunQuery.RunSummary> getLatest() {
        var known = latest;
        if (known == null) {
            known = runs.list(new RunQuery.Filter(getTenant().id(), false, 0, RUNS_SHOWN));
            latest = known;
        }
        return known;
    }

    /** Returns what a run charged, in each currency. */
    public List<Money> amountsOf(RunQuery.RunSummary run) {
        return run.amountsOrZero(getTenant().currency());
    }

    public boolean isActive() {
        return getTenant().state() == Tenant.State.ACTIVE;
    }

    public boolean isSuspended() {
        return getTenant().state() == Tenant.State.SUSPENDED;
    }

    /** Whether the reseller is deleted or being deleted. */
    public boolean isLeaving() {
        return getTenant().isLeaving();
    }

    /** Returns the URL of a host. */
    public String addressOf(String host) {
        return settings.origin(host);
    }

    public String getSlug() {
        return slug;
    }

    public void setSlug(@Nullable String slug) {
        this.slug = Objects.requireNonNullElse(slug, "");
    }

    private boolean isKept() {
        return isActive() || isSuspended();
    }

    private String here() {
        tenant = null;
        return "/admin/tenants/one.xhtml?faces-redirect=true&slug=" + slug;
    }

    private Optional<Tenant> find() {
        return tenants.all().stream()
                .filter(known -> known.id().value().equals(slug))
                .findFirst();
    }
}
