package io.tenantry.web.admin;

import io.tenantry.admin.platform.HostClaim;
import io.tenantry.admin.platform.TenantHosts;
import io.tenantry.admin.platform.TenantHosts.Outcome;
import io.tenantry.tenancy.TenantId;
import io.tenantry.web.layout.Format;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Name and hosts of one reseller, changed by an operator. A button acts on the host of its row, even if the list has changed since it was shown. */
@Named
@ViewScoped
public class TenantHostsPage implements Serializable {
    private static final long serialVersionUID = 1L;

    @Inject
    TenantHosts hosts;

    @Inject
    TenantPage page;

    @Inject
    Format format;

    private String typed = "";
    private @Nullable String name;
    private transient @Nullable List<HostClaim> claims;

    /** Returns the hosts that are not verified yet. */
    public List<HostClaim> getClaims() {
        var known = claims;
        if (known == null) {
            known = hosts.claims(tenant());
            claims = known;
        }
        return known;
    }

    /** Adds the entered host. */
    public void add() {
        var outcome = hosts.add(tenant(), typed);
        if (outcome instanceof Outcome.Invalid invalid) {
            FacesMessages.at(
                    "hosts:host",
                    format.text("draft.hosts." + invalid.why().name().toLowerCase(Locale.ROOT), invalid.found()));
        } else if (outcome instanceof Outcome.TooMany) {
            FacesMessages.at("hosts:host", format.text("tenants.hosts.many", TenantHosts.MOST));
        } else {
            typed = "";
            FacesMessages.done(
                    format.text(outcome instanceof Outcome.Claimed ? "tenants.hosts.claimed" : "tenants.hosts.added"));
        }
        again();
    }

    /** Looks up the DNS record that verifies a host. */
    public void verify(String host) {
        var outcome = hosts.verify(tenant(), host);
        if (outcome instanceof Outcome.NoAnswer) {
            FacesMessages.refused(format.text("tenants.hosts.no-answer"));
        } else if (outcome instanceof Outcome.NotProven missing) {
            FacesMessages.refused(
                    missing.found().isEmpty()
                            ? format.text(
                                    "tenants.hosts.no-record", missing.claim().recordName())
                            : format.text(
                                    "tenants.hosts.other-record",
                                    missing.claim().recordName()));
        } else {
            showOpened(outcome, host);
        }
        again();
    }

    /** Opens a host without a DNS record. */
    public void vouch(String host) {
        showOpened(hosts.vouch(tenant(), host), host);
        again();
    }

    /** Makes a host the primary one, to which links lead. */
    public void makePrimary(String host) {
        hosts.makePrimary(tenant(), host);
        FacesMessages.done(format.text("tenants.hosts.primary.done", host));
        again();
    }

    /** Removes a working or unverified host. */
    public void remove(String host) {
        if (hosts.remove(tenant(), host) instanceof Outcome.IsPrimary) {
            FacesMessages.refused(format.text("tenants.hosts.is-primary", host));
        } else {
            FacesMessages.done(format.text("tenants.hosts.removed", host));
        }
        again();
    }

    /** Renames the reseller to the entered name. */
    public void rename() {
        if (hosts.rename(tenant(), getName())) {
            FacesMessages.done(format.text("tenants.renamed"));
            name = null;
        } else {
            FacesMessages.at(
                    "naming:name", format.text(getName().isBlank() ? "draft.missing" : "draft.name.malformed"));
        }
        again();
    }

    private void showOpened(Outcome outcome, String host) {
        if (outcome instanceof Outcome.Invalid) {
            FacesMessages.refused(format.text("draft.hosts.taken", host));
        } else {
            FacesMessages.done(format.text("tenants.hosts.added"));
        }
    }

    private void again() {
        claims = null;
        page.forget();
    }

    private TenantId tenant() {
        return page.getTenant().id();
    }

    public String getTyped() {
        return typed;
    }

    public void setTyped(@Nullable String typed) {
        this.typed = Objects.requireNonNullElse(typed, "");
    }

    public String getName() {
        return Objects.requireNonNullElseGet(name, () -> page.getTenant().name());
    }

    public void setName(@Nullable String name) {
        this.name = Objects.requireNonNullElse(name, "");
    }
}
