package io.tenantry.cloud.provider.hetzner;

import io.tenantry.cloud.provider.JsonFields;
import io.tenantry.cloud.provider.PowerAction;
import io.tenantry.cloud.provider.Progress;
import io.tenantry.cloud.provider.Progress.Stage;
import io.tenantry.cloud.provider.ProviderHttp;
import io.tenantry.cloud.provider.ProviderServer.State;
import io.tenantry.cloud.provider.ProviderTask;
import io.tenantry.cloud.provider.RescueMode;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Adds Hetzner's rescue system. It is enabled or disabled for the next start, and then the server is reset: two actions, the second of which is
 * requested when the first is done. Each query of the progress takes the next step, as determined from the server and its actions, so nothing
 * is requested twice because of a lost response. Hetzner does not report which system a server is running.
 */
final class HetznerRescue extends HetznerClient implements RescueMode {
    private static final String KIND = "rescue";
    private static final int PARTS = 5;
    private static final String ENABLE = "enable_rescue";
    private static final String DISABLE = "disable_rescue";
    private static final List<String> STARTS = List.of("reset_server", "start_server");

    HetznerRescue(ProviderHttp api, Clock clock) {
        super(api, clock);
    }

    @Override
    public ProviderTask rescue(String serverId, List<String> keys) {
        return begin(
                serverId,
                ENABLE,
                keys.stream().map(line -> kept(line).text("id")).collect(Collectors.joining(",")));
    }

    @Override
    public ProviderTask leaveRescue(String serverId) {
        return begin(serverId, DISABLE, "");
    }

    @Override
    public Optional<Boolean> isRescued(String serverId) {
        return Optional.empty();
    }

    @Override
    protected Progress follow(ProviderTask providerTask) {
        var parts = providerTask.id().split(":", -1);
        return parts.length == PARTS
                ? step(parts[1], parts[2], ProviderHttp.number(parts[3]), parts[4])
                : super.follow(providerTask);
    }

    /** Changes nothing yet: actions requested before must be distinguished from those requested from now on. */
    private ProviderTask begin(String serverId, String word, String keys) {
        var last = actions(serverId).mapToLong(action -> action.big("id")).max().orElse(0);
        return new ProviderTask(String.join(":", KIND, serverId, word, String.valueOf(last), keys));
    }

    private Progress step(String id, String word, long last, String keys) {
        var since = actions(id).filter(action -> action.big("id") > last).toList();
        var failed = since.stream().map(this::reached).filter(one -> one.stage() == Stage.FAILED);
        var server = servers.get(id);
        if (server.flag("locked") || since.stream().anyMatch(one -> reached(one).stage() == Stage.RUNNING)) {
            return Progress.running(0);
        }
        return failed.findFirst().orElseGet(() -> next(server, word, asked(since), keys));
    }

    private Progress next(JsonFields server, String word, List<String> asked, String keys) {
        var id = server.text("id");
        var isOn = server.flag("rescue_enabled");
        if (asked.stream().anyMatch(STARTS::contains)) {
            return Progress.done();
        }
        if (!asked.contains(word) && (word.equals(ENABLE) || isOn)) {
            var ids =
                    Stream.of(keys.split(",", -1)).filter(key -> !key.isEmpty()).map(ProviderHttp::number);
            ask(id, word, word.equals(ENABLE) ? Map.of("type", "linux64", "ssh_keys", ids.toList()) : Map.of());
        } else if (isOn != word.equals(ENABLE)) {
            return Progress.failed("the next boot was redirected in the meantime");
        } else if (toServer(server).state() == State.STOPPED) {
            turn(id, PowerAction.ON);
        } else {
            ask(id, "reset", Map.of());
        }
        return Progress.running(0);
    }

    private Stream<JsonFields> actions(String id) {
        return servers.lists().all(servers.path(id) + "/actions", "actions").stream();
    }

    private static List<String> asked(List<JsonFields> since) {
        return since.stream().map(action -> action.text("command")).toList();
    }
}
