package io.tenantry.web.people.team;

import io.tenantry.people.identity.ApiKeys;
import io.tenantry.people.identity.KeyRefusedException;
import io.tenantry.web.layout.Format;
import io.tenantry.web.layout.PageResult;
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

/** The API keys of a team. A key's text is shown once. */
public abstract class ApiKeysPage implements Serializable {
    private static final long serialVersionUID = 1L;

    @Inject
    ApiKeys keys;

    @Inject
    Clock clock;

    @Inject
    Format format;

    private String name = "";
    private List<String> scopes = List.of();
    private int days = 90;
    private String made = "";
    private transient @Nullable List<ApiKeys.ListedKey> listed;

    /** Returns the organization that the keys are for; null for the reseller or the platform. */
    protected abstract @Nullable UUID organizationId();

    /** Returns the scopes that the current user can grant to a key: no more than that user's permissions. */
    public abstract List<String> getKnownScopes();

    /** Determines the owner of the keys, if the user may view them. */
    protected void begin() {}

    /** Loads the keys. */
    public void open() {
        PageResult.load(() -> {
            begin();
            listed = keys.of(organizationId());
        });
    }

    /** Creates a key. */
    public void create() {
        if (name.isBlank()) {
            PageResult.refuse("keys:name", format.text("keys.name.missing"));
        }
        if (scopes.isEmpty()) {
            PageResult.refuse("keys:scopes", format.text("keys.scopes.missing"));
        }
        if (name.isBlank() || scopes.isEmpty()) {
            return;
        }
        var until = days == 0 ? null : clock.instant().plus(Duration.ofDays(days));
        try {
            made = keys.create(name, organizationId(), Set.copyOf(scopes), until)
                    .text();
        } catch (
                KeyRefusedException refused) { // A browser session has no other reason for a rejection: it uses no key.
            PageResult.refuse("keys:name", format.text("keys.too-many", ApiKeys.LIVE_MAX));
            return;
        }
        name = "";
        scopes = List.of();
        listed = null;
    }

    /** Revokes a key. */
    public void revoke(UUID key) {
        PageResult.load(() -> {
            keys.revoke(organizationId(), key);
            made = "";
            listed = null;
            FacesContext.getCurrentInstance()
                    .addMessage(null, new FacesMessage(FacesMessage.SEVERITY_INFO, format.text("keys.revoked"), null));
        });
    }

    /** Returns the valid keys. */
    public List<ApiKeys.ListedKey> getListed() {
        var known = listed;
        if (known == null) {
            known = keys.of(organizationId());
            listed = known;
        }
        return known;
    }

    /** Returns the text of the key that was just created. */
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
