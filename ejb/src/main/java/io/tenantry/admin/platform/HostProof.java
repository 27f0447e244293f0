package io.tenantry.admin.platform;

import io.tenantry.config.Settings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.xbill.DNS.DClass;
import org.xbill.DNS.ExtendedResolver;
import org.xbill.DNS.Lookup;
import org.xbill.DNS.Name;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/** Looks up the DNS record that proves that a reseller controls a host. Uncached, so that a new record is found. */
@ApplicationScoped
public class HostProof {
    private static final Duration TIMEOUT = Duration.ofSeconds(3);
    private static final int DNS_PORT = 53;

    private final Settings settings;

    /** For the container. */
    HostProof() {
        this(new Settings());
    }

    @Inject
    HostProof(Settings settings) {
        this.settings = settings;
    }

    /**
     * The records found.
     *
     * @param texts of the TXT records at that name; empty if there are none
     */
    public record TxtRecords(List<String> texts) {
        /** Whether one of them matches the claim. */
        public boolean proves(HostClaim claim) {
            return texts.contains(claim.recordValue());
        }
    }

    /** Returns the records at the claim's name; empty if no DNS server responded. */
    public Optional<TxtRecords> resolve(HostClaim claim) {
        try {
            var lookup = new Lookup(Name.fromString(claim.recordName(), Name.root), Type.TXT, DClass.IN);
            lookup.setResolver(resolver());
            lookup.setCache(null);
            lookup.setSearchPath(List.of());
            var answers = lookup.run();
            return switch (lookup.getResult()) {
                case Lookup.SUCCESSFUL ->
                    Optional.of(new TxtRecords(List.of(answers).stream()
                            .filter(TXTRecord.class::isInstance)
                            .map(record -> String.join("", ((TXTRecord) record).getStrings()))
                            .toList()));
                case Lookup.HOST_NOT_FOUND, Lookup.TYPE_NOT_FOUND -> Optional.of(new TxtRecords(List.of()));
                default -> Optional.empty();
            };
        } catch (TextParseException unusable) {
            return Optional.of(new TxtRecords(List.of()));
        } catch (IOException unreachable) {
            return Optional.empty();
        }
    }

    /** The configured server, otherwise those of the system. */
    private Resolver resolver() throws IOException {
        var server = settings.dnsServer();
        var resolver = server.isEmpty() ? new ExtendedResolver() : new SimpleResolver(address(server));
        resolver.setTimeout(TIMEOUT);
        return resolver;
    }

    private static InetSocketAddress address(String server) {
        var colon = server.lastIndexOf(':');
        var isWithPort = colon > 0 && (server.indexOf(':') == colon || server.contains("]:"));
        var host = (isWithPort ? server.substring(0, colon) : server).replaceAll("[\\[\\]]", "");
        return new InetSocketAddress(host, isWithPort ? Integer.parseInt(server.substring(colon + 1)) : DNS_PORT);
    }
}
