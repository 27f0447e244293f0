package io.tenantry.web.team;

import io.tenantry.identity.ApiKeys;
import io.tenantry.identity.KeyRefused;
import io.tenantry.web.shell.Fmt;
import io.tenantry.web.shell.Visit;
import jakarta.faces.application.FacesMessage;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import java.io.Serializable;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Keys with which programs act for the people of a team. A key's text is shown once. */
public abstract class ApiKeysPage implements Serializable {
    private static final long serialVersionUID = 1L;

    @Inject
    ApiKeys keys;

    @Inject
    Clock clock;

    @Inject
    Fmt fmt;

    private String name = "";
    private List<String> scopes = List.of();
    private int days = 90;
    private String made = "";
    private transient @Nullable List<ApiKeys.Listed> listed;

    /** The organization that the keys are for; null for the reseller or the platform. */
    protected abstract @Nullable UUID organizationId();

    /** What a key of the person who looks can be allowed: no more than that person may do. */
    public abstract List<String> getKnownScopes();

    /** Finds out whose keys they are, if they may be seen. */
    protected void begin() {}

    /** Looks at the keys. */
    public void open() {
        Visit.look(() -> {
            begin();
            listed = keys.of(organizationId());
        });
    }

    /** Makes a key. */
    public void create() {
        if (name.isBlank()) {
            Visit.refuse("keys:name", fmt.text("keys.name.missing"));
        }
        if (scopes.isEmpty()) {
            Visit.refuse("keys:scopes", fmt.text("keys.scopes.missing"));
        }
        if (name.isBlank() || scopes.isEmpty()) {
            return;
        }
        var until = days == 0 ? null : clock.instant().plus(Duration.ofDays(days));
        try {
            made = keys.create(name, organizationId(), Set.copyOf(scopes), until)
                    .text();
        } catch (KeyRefused refused) { // With a browser there is no other reason: it uses no key.
            Visit.refuse("keys:name", fmt.text("keys.too-many", ApiKeys.LIVE_MAX));
            return;
        }
        name = "";
        scopes = List.of();
        listed = null;
    }

    /** Makes a key useless. */
    public void revoke(UUID key) {
        Visit.look(() -> {
            keys.revoke(organizationId(), key);
            made = "";
            listed = null;
            FacesContext.getCurrentInstance()
                    .addMessage(null, new FacesMessage(FacesMessage.SEVERITY_INFO, fmt.text("keys.revoked"), null));
        });
    }

    /** The keys that work. */
    public List<ApiKeys.Listed> getListed() {
        var known = listed;
        if (known == null) {
            known = keys.of(organizationId());
            listed = known;
        }
        return known;
    }

    /** The text of the key just made. */
    public String getMade() {
        return made;
    }

    public String getName() {
        return name;
    }

    public void setName(@Nullable String name) {
        this.name = Objects.requireNonNullElse(name, "").strip();
    }

    public List<String> getScopes() {
        return scopes;
    }

    public void setScopes(@Nullable List<String> scopes) {
        this.scopes = scopes == null ? List.of() : List.copyOf(scopes);
    }

    public int getDays() {
        return days;
    }

    public void setDays(int days) {
        this.days = days;
    }
}
