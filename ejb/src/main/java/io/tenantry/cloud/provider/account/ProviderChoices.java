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

/** The vendors that an account can be with. Those to try things with are offered to people only in the demo. */
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
     * One to choose.
     *
     * @param hasPanels whether each customer of it has a panel of its own, so that its address is needed
     */
    public record Choice(String code, String name, boolean hasPanels) {}

    /** Those that whoever acts may choose from, by name. */
    public List<Choice> offered() {
        return all().filter(this::isOffered)
                .sorted(Comparator.comparing(Provider::name))
                .map(provider -> new Choice(
                        provider.code(), provider.name(), provider.base().isEmpty()))
                .toList();
    }

    /** The vendor of that code, offered or not. */
    public Optional<Provider> of(String code) {
        return all().filter(provider -> provider.code().equals(code)).findFirst();
    }

    /** What staff call it. */
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
