package io.tenantry.web.staff;

import io.tenantry.cloud.provider.account.ConnectionTest;
import io.tenantry.cloud.provider.account.ProviderAccounts;
import io.tenantry.cloud.provider.account.ProviderChoices;
import io.tenantry.people.identity.AccessDeniedException;
import io.tenantry.people.identity.Permission;
import io.tenantry.web.layout.Format;
import io.tenantry.web.layout.PageResult;
import io.tenantry.web.security.CurrentPerson;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The connection of a provider account: it is tested immediately, and kept regardless of the result. */
@Named
@ViewScoped
public class AddProviderPage implements Serializable {
    private static final long serialVersionUID = 1L;

    @Inject
    CurrentPerson me;

    @Inject
    ProviderAccounts accounts;

    @Inject
    ConnectionTest connection;

    @Inject
    ProviderChoices providerChoices;

    @Inject
    Format format;

    private String name = "";
    private String provider = "";
    private String base = "";
    private transient @Nullable String token;

    /** Checks that the user may connect accounts. */
    public void open() {
        PageResult.load(() -> {
            if (!me.may(Permission.STAFF_PROVIDERS_MANAGE)) {
                throw new AccessDeniedException(Permission.STAFF_PROVIDERS_MANAGE);
            }
        });
    }

    /** Connects the account, tests it, and redirects to its page, which shows the result. */
    public void add() {
        var outcome =
                accounts.add(new ProviderAccounts.Draft(name, provider, base, Objects.requireNonNullElse(token, "")));
        if (outcome instanceof ProviderAccounts.Outcome.Done done) {
            var connectionTestResult = connection.check(done.id());
            var here = "/staff/provider?id=" + done.id();
            if (connectionTestResult.isFine()) {
                PageResult.go(here, format.text("provider.added", name.strip()));
            } else {
                PageResult.go(here);
            }
        } else if (outcome instanceof ProviderAccounts.Outcome.Invalid invalid) {
            for (var field : invalid.fields()) {
                var part = field.name().toLowerCase(Locale.ROOT);
                PageResult.refuse("add:" + part, format.text("provider.fault." + part));
            }
        } else {
            PageResult.refuse("add:token", format.text("provider.fault.locked"));
        }
    }

    /** Whether the installation has a key to encrypt credentials. */
    public boolean isReady() {
        return accounts.isReady();
    }

    public List<ProviderChoices.Choice> getProviders() {
        return providerChoices.offered();
    }

    public String getName() {
        return name;
    }

    public void setName(@Nullable String name) {
        this.name = Objects.requireNonNullElse(name, "");
    }

    public String getProvider() {
        return provider;
    }

    public void setProvider(@Nullable String provider) {
        this.provider = Objects.requireNonNullElse(provider, "");
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
}
