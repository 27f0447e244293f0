package io.tenantry.web.staff;

import io.tenantry.cloud.provider.account.ConnectionTest;
import io.tenantry.cloud.provider.account.ProviderAccountList;
import io.tenantry.cloud.provider.account.ProviderAccounts;
import io.tenantry.cloud.provider.account.ProviderAccounts.Outcome;
import io.tenantry.cloud.provider.account.ProviderChoices;
import io.tenantry.cloud.provider.catalog.CatalogImport;
import io.tenantry.cloud.provider.catalog.ProviderSizes;
import io.tenantry.people.identity.Permission;
import io.tenantry.web.layout.Format;
import io.tenantry.web.layout.PageResult;
import io.tenantry.web.security.CurrentPerson;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One provider account: testing it, replacing its credentials, which are never shown, disabling and removing it. */
@Named
@ViewScoped
public class ProviderPage implements Serializable {
    private static final long serialVersionUID = 1L;

    @Inject
    CurrentPerson me;

    @Inject
    ProviderAccountList accounts;

    @Inject
    ProviderAccounts changes;

    @Inject
    ConnectionTest connection;

    @Inject
    CatalogImport imports;

    @Inject
    ProviderSizes providerSizes;

    @Inject
    ProviderChoices providerChoices;

    @Inject
    Format format;

    private @Nullable String parameter;
    private @Nullable UUID id;
    private String name = "";
    private String base = "";
    private transient @Nullable String token;
    private transient ProviderAccountList.@Nullable Account account;
    private transient ProviderSizes.@Nullable Summary summary;

    /** Loads the account, if the user may view it. */
    public void open() {
        PageResult.load(() -> {
            id = PageResult.id("provider account", parameter);
            name = getAccount().name();
            base = getAccount().base().orElse("");
        });
    }

    /** Tests the account. The page shows the result. */
    public void check() {
        if (connection.check(known()).isFine()) {
            PageResult.go(here(), format.text("provider.works"));
        } else {
            PageResult.go(here());
        }
    }

    /** Reads the provider's current catalog. */
    public void take() {
        var outcome = imports.take(known());
        if (outcome instanceof CatalogImport.Outcome.Taken taken) {
            var count = taken.count();
            PageResult.go(here(), format.text("provider-catalog.synced", count.sizes(), count.gone(), count.moved()));
        } else {
            PageResult.go(here());
        }
    }

    /** Returns the size of the known catalog. */
    public ProviderSizes.Summary getSummary() {
        var known = summary;
        if (known == null) {
            known = providerSizes.summary(known());
            summary = known;
        }
        return known;
    }

    /** Renames the account. */
    public void rename() {
        if (isDone("rename:", changes.rename(known(), name))) {
            PageResult.go(here(), format.text("provider.renamed", name.strip()));
        }
    }

    /** Replaces the credentials, and tests them. */
    public void replace() {
        if (isDone("replace:", changes.replace(known(), base, Objects.requireNonNullElse(token, "")))) {
            check();
        }
    }

    /** Enables or disables new orders with the account. */
    public void turn(boolean on) {
        changes.turn(known(), on);
        PageResult.go(here(), format.text(on ? "provider.is-on" : "provider.is-off"));
    }

    /** Removes the account. */
    public void remove() {
        var gone = getAccount().name();
        if (changes.remove(known()) instanceof Outcome.InUse) {
            PageResult.refuse(format.text("provider.in-use"));
        } else {
            PageResult.go("/staff/providers", format.text("provider.removed", gone));
        }
    }

    private boolean isDone(String form, Outcome outcome) {
        if (outcome instanceof Outcome.Invalid invalid) {
            for (var field : invalid.fields()) {
                var part = field.name().toLowerCase(Locale.ROOT);
                PageResult.refuse(form + part, format.text("provider.fault." + part));
            }
        } else if (outcome instanceof Outcome.Locked) {
            PageResult.refuse(form + "token", format.text("provider.fault.locked"));
        }
        return outcome instanceof Outcome.Done;
    }

    public ProviderAccountList.Account getAccount() {
        var known = account;
        if (known == null) {
            known = accounts.one(known());
            account = known;
        }
        return known;
    }

    public boolean isManaged() {
        return me.may(Permission.STAFF_PROVIDERS_MANAGE);
    }

    /** Whether each customer of the provider has a separate panel, so that its address can be changed. */
    public boolean isPanel() {
        return providerChoices
                .of(getAccount().providerCode())
                .filter(provider -> provider.base().isEmpty())
                .isPresent();
    }

    public @Nullable String getParameter() {
        return parameter;
    }

    public void setParameter(@Nullable String parameter) {
        this.parameter = parameter;
    }

    public String getName() {
        return name;
    }

    public void setName(@Nullable String name) {
        this.name = Objects.requireNonNullElse(name, "");
    }

    public String getBase() {
        return base;
    }

    public void setBase(@Nullable String base) {
        this.base = Objects.requireNonNullElse(base, "");
    }

    /** Returns the token; never rendered into a page. */
    public String getToken() {
        return "";
    }

    public void setToken(@Nullable String token) {
        this.token = token;
    }

    private String here() {
        return "/staff/provider?id=" + known();
    }

    private UUID known() {
        return PageResult.opened(id);
    }
}
