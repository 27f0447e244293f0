package io.tenantry.web.console;

import io.tenantry.identity.ApiKeys;
import io.tenantry.identity.Permission;
import io.tenantry.web.shell.Fmt;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Keys with which programs act for operators. A key's text is shown once. */
@Named
@ViewScoped
public class KeysPage implements Serializable {
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

    /** Makes a key. */
    public void create() {
        if (name.isBlank()) {
            Notices.at("keys:name", fmt.text("keys.name.missing"));
        }
        if (scopes.isEmpty()) {
            Notices.at("keys:scopes", fmt.text("keys.scopes.missing"));
        }
        if (name.isBlank() || scopes.isEmpty()) {
            return;
        }
        var until = days == 0 ? null : clock.instant().plus(Duration.ofDays(days));
        made = keys.create(name, null, Set.copyOf(scopes), until).text();
        name = "";
        scopes = List.of();
        listed = null;
    }

    /** Makes a key useless. */
    public void revoke(UUID key) {
        keys.revoke(null, key);
        made = "";
        listed = null;
        Notices.done(fmt.text("keys.revoked"));
    }

    /** The keys that work. */
    public List<ApiKeys.Listed> getListed() {
        if (listed == null) {
            listed = keys.of(null);
        }
        return listed;
    }

    /** The text of the key just made. */
    public String getMade() {
        return made;
    }

    /** What a key can be allowed. */
    public List<String> getKnownScopes() {
        return Permission.OF_OPERATORS;
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
