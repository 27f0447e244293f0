package io.tenantry.terminal;

import io.tenantry.catalog.Plan;
import io.tenantry.provider.Mark;
import io.tenantry.provider.Provider;
import io.tenantry.provider.ProviderFailure;
import io.tenantry.provider.ProviderFailure.Reason;
import io.tenantry.provider.Screen;
import io.tenantry.provider.Screen.Vnc;
import io.tenantry.provider.Server;
import io.tenantry.provider.sandbox.screen.Monitors;
import io.tenantry.provider.sandbox.shell.Box;
import io.tenantry.provisioning.Upstream;
import io.tenantry.time.MovableClock;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A vendor that shows the screens of its servers and can do nothing else. */
final class ShowingVendor implements Upstream, AutoCloseable {
    final Monitors monitors = new Monitors(id ->
            Optional.of(new Box("web-7", "Debian", "127.0.0.9", 2, 2_048, 40, Instant.EPOCH, 7, new MovableClock())));

    private final List<String> asked = new ArrayList<>();

    private Optional<Vnc> lie = Optional.empty();
    private Optional<Mark> mark = Optional.empty();
    private boolean isBroken;

    /** It says so, whatever is so. */
    synchronized void says(Vnc where) {
        lie = Optional.of(where);
    }

    /** Its servers are that service's. */
    synchronized void gives(UUID service) {
        mark = Optional.of(new Mark(service));
    }

    synchronized void fails() {
        isBroken = true;
    }

    /** What it was asked of screens, in order. */
    synchronized List<String> asked() {
        return List.copyOf(asked);
    }

    @Override
    public Optional<Place> place(UUID planId, Plan.Size size, String region) {
        return Optional.empty();
    }

    @Override
    public Optional<Home> open(String account) {
        var provider = (Provider) Proxy.newProxyInstance(
                ShowingVendor.class.getClassLoader(),
                new Class<?>[] {Provider.class, Screen.class},
                (proxy, method, arguments) -> answer(method.getName(), (String) arguments[0]));
        return account.equals("vendor") ? Optional.of(new Home(provider, Map.of())) : Optional.empty();
    }

    @Override
    public void close() {
        monitors.close();
    }

    private synchronized @Nullable Object answer(String what, String id) {
        if (what.equals("server")) {
            return Optional.of(new Server(
                    id, mark, id, Server.State.RUNNING, List.of(), "small", "fra", Optional.of(Instant.EPOCH)));
        }
        asked.add(what);
        if (isBroken) {
            throw new ProviderFailure(Reason.VENDOR, "not now");
        }
        if (what.equals("close")) {
            monitors.hide(id);
            return null;
        }
        var shown = monitors.show(id);
        return lie.orElse(shown);
    }
}
