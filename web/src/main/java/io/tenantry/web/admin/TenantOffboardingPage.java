package io.tenantry.web.admin;

import io.tenantry.admin.offboarding.Export;
import io.tenantry.admin.offboarding.Obstacle;
import io.tenantry.admin.offboarding.TenantDeletion;
import io.tenantry.admin.offboarding.TenantExports;
import io.tenantry.config.Settings;
import io.tenantry.tenancy.Tenant;
import io.tenantry.tenancy.TenantId;
import io.tenantry.web.layout.Format;
import io.tenantry.web.security.CurrentPerson;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The offboarding of a reseller: exports of its data, obstacles to its deletion, and the deletion. */
@Named
@ViewScoped
public class TenantOffboardingPage implements Serializable {
    private static final long serialVersionUID = 1L;

    @Inject
    TenantExports tenantExports;

    @Inject
    TenantDeletion deletion;

    @Inject
    TenantPage page;

    @Inject
    Settings settings;

    @Inject
    Format format;

    @Inject
    CurrentPerson me;

    private transient @Nullable List<Export> exports;
    private transient @Nullable List<Obstacle> obstacles;

    /** Whether there is anything to do or to show. */
    public boolean isShown() {
        return me.may("platform_tenants_manage")
                && (page.isSuspended() || (page.isLeaving() && !getExports().isEmpty()));
    }

    /** Whether the reseller's data is being removed. */
    public boolean isDeleting() {
        return page.getTenant().state() == Tenant.State.DELETING;
    }

    /** Returns the reason why the removal does not progress. */
    public String getFault() {
        return isDeleting() ? deletion.fault(tenant()).orElse("") : "";
    }

    public List<Export> getExports() {
        var known = exports;
        if (known == null) {
            known = tenantExports.list(tenant());
            exports = known;
        }
        return known;
    }

    /** Returns the obstacles to deleting the reseller. */
    public List<Obstacle> getObstacles() {
        var known = obstacles;
        if (known == null) {
            known = deletion.obstacles(tenant());
            obstacles = known;
        }
        return known;
    }

    /** Returns the description of an obstacle. */
    public String wordsOf(Obstacle obstacle) {
        return format.text(
                "tenants.delete." + obstacle.kind().name().toLowerCase(Locale.ROOT),
                format.number(obstacle.count()),
                String.join(", ", obstacle.names()));
    }

    /** Returns the progress of an export, its size, or the other node that has its file. */
    public String fileOf(Export export) {
        if (export.isOpen()) {
            return export.tables() == 0
                    ? ""
                    : format.text(
                            "tenants.exports.progress", format.number(export.done()), format.number(export.tables()));
        }
        if (!export.isDone()) {
            return "";
        }
        var node = export.node().orElse("");
        if (node.equals(settings.node()) && !tenantExports.isHere(export)) {
            return format.text("tenants.exports.gone");
        }
        return tenantExports.isHere(export)
                ? format.text(
                        "tenants.exports.ready",
                        format.size(export.bytes()),
                        format.date(export.keptUntil().orElseThrow(), "date"))
                : format.text("tenants.exports.elsewhere", node);
    }

    /** Whether the export's file can be downloaded from this node. */
    public boolean ready(Export export) {
        return tenantExports.isHere(export);
    }

    /** Whether the export has a file, on any node, that can be deleted. */
    public boolean deletable(Export export) {
        return export.isDone();
    }

    /** Requests an export. */
    public void export() {
        if (tenantExports.request(tenant()).isPresent()) {
            FacesMessages.done(format.text("tenants.exports.asked"));
        } else {
            FacesMessages.refused(format.text("tenants.exports.refused"));
        }
        again();
    }

    /** Deletes the file of an export. */
    public void removeFile(UUID id) {
        if (tenantExports.remove(tenant(), id)) {
            FacesMessages.done(format.text("tenants.exports.deleted"));
        } else {
            FacesMessages.refused(format.text("tenants.exports.gone"));
        }
        again();
    }

    /** Deletes the reseller; the page shows obstacles that have appeared since. The slug was entered in the dialog. */
    public String delete() {
        var slug = page.getSlug();
        var unused = deletion.delete(tenant(), slug);
        again();
        return "/admin/tenants/one.xhtml?faces-redirect=true&slug=" + slug;
    }

    private void again() {
        exports = null;
        obstacles = null;
        page.forget();
    }

    private TenantId tenant() {
        return page.getTenant().id();
    }
}
