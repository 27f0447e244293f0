package io.tenantry.cloud.provider.account;

import io.tenantry.cloud.provider.Provider;
import io.tenantry.config.Settings;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Actors;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The providers that an account can be connected with. Trial providers are offered to people only in the demo. */
@ApplicationScoped
public class ProviderChoices {
    @Inject
    Instance<Provider> found;

    @Inject
    Settings settings;

    private final List<Provider> given;

    /** For the container. */
    public ProviderChoices() {
        given = List.of();
    }

    /** For use outside a container. */
    ProviderChoices(Settings settings, List<Provider> given) {
        this.settings = settings;
        this.given = List.copyOf(given);
    }

    /**
     * A choice.
     *
     * @param hasPanels whether each customer of the provider has its own panel, whose address is needed
     */
    public record Choice(String code, String name, boolean hasPanels) {}

    /** Returns the choices of the current user, by name. */
    public List<Choice> offered() {
        return all().filter(this::isOffered)
                .sorted(Comparator.comparing(Provider::name))
                .map(provider -> new Choice(
                        provider.code(), provider.name(), provider.base().isEmpty()))
                .toList();
    }

    /** Returns the provider with that code, offered or not. */
    public Optional<Provider> of(String code) {
        return all().filter(provider -> provider.code().equals(code)).findFirst();
    }

    /** Returns the provider's name for staff. */
    public String nameOf(String code) {
        return of(code).map(Provider::name).orElse(code);
    }

    boolean isOffered(Provider provider) {
        return !provider.isForTrying()
                || settings.demo()
                || Actors.current().filter(Actor::isSystem).isPresent();
    }

    private Stream<Provider> all() {
        return given.isEmpty() ? found.stream() : given.stream();
    }
}
