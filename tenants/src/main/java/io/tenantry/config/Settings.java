package io.tenantry.config;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * All settings of an operator, with prefix {@code tenantry}: the system property {@code tenantry.x.y}, else the environment variable
 * {@code TENANTRY_X_Y}, else the default. An invalid value stops startup; the error lists every invalid key with the value found and the values
 * allowed. What a reseller can set is data with a page, not configuration.
 *
 * <p>Settings of one topic are a record; the rules that settings must meet together are in {@link SettingsRules}.
 *
 * <p>A variable that begins with {@code TENANTRY_} but is read by nothing causes a warning: it may be misspelled.
 */
@ApplicationScoped
public class Settings {
    private final boolean demo;
    private final String demoLoginsFile;
    private final boolean gallery;
    private final String platformHost;
    private final String platformOwnerEmail;
    private final String secretKeysFile;
    private final String outboundAddresses;
    private final String dnsServer;
    private final String viesUrl;
    private final String ecbUrl;
    private final boolean tls;
    private final NetworkBlocks proxies;
    private final Duration bodyTimeout;
    private final Duration databaseWait;
    private final String mailHost;
    private final int publicPort;
    private final String node;
    private final boolean sandbox;
    private final Duration clockSkew;
    private final String dataFolder;
    private final String auditFolder;
    private final String exportsFolder;
    private final boolean exitWhenRefused;
    private final ChargingSettings charging;
    private final WorkSettings work;
    private final ConsoleSettings consoles;
    private final ApiRateSettings apiRates;
    private final LimitSettings limits;
    private final SessionSettings sessions;
    private final PasswordSettings passwords;
    private final Set<String> known;

    /** Reads the system properties and the environment of the process. */
    public Settings() {
        this(System::getProperty, System::getenv, true, System.getenv().keySet());
    }

    /**
     * Reads the given sources, for use outside a server. Each value is validated, but not the rules that values must meet together.
     *
     * @throws ConfigurationError naming every key that is wrong
     */
    public Settings(UnaryOperator<@Nullable String> properties, UnaryOperator<@Nullable String> environment) {
        this(properties, environment, false, Set.of());
    }

    /**
     * Reads the given sources; a server's are safe together, too ({@link SettingsRules}).
     *
     * @param variables all names of the environment: one that nothing reads may explain what is wrong
     */
    Settings(
            UnaryOperator<@Nullable String> properties,
            UnaryOperator<@Nullable String> environment,
            boolean isOfServer,
            Set<String> variables) {
        var source = new SettingsSource(properties, environment);
        demo = source.flag("tenantry.demo", false);
        demoLoginsFile = source.text("tenantry.demo.logins-file", "", ".*", "a file path");
        gallery = source.flag("tenantry.gallery", demo);
        platformHost = source.text(
                "tenantry.platform.host",
                "platform.localhost",
                "[a-z0-9]([a-z0-9.-]*[a-z0-9])?",
                "a lower-case host name");
        platformOwnerEmail = source.text("tenantry.platform.owner-email", "", "[^@\\s]+@[^@\\s]+", "an e-mail address");
        secretKeysFile = source.text("tenantry.secret.keys-file", "", ".*", "a file path");
        outboundAddresses =
                source.text("tenantry.outbound.addresses", "public", "public|private|any", "public, private or any");
        ecbUrl = source.text("tenantry.ecb.url", "", SettingsRules.URL, "an https address");
        dnsServer = source.text(
                "tenantry.dns.server",
                "",
                "[A-Za-z0-9.-]+(:[0-9]{1,5})?|\\[[0-9A-Fa-f:]+](:[0-9]{1,5})?",
                "an address with or without a port");
        viesUrl = source.text("tenantry.vies.url", "", SettingsRules.URL, "an https address");
        tls = source.flag("tenantry.tls", !SettingsRules.isLocal(platformHost));
        proxies = source.networks("tenantry.proxies");
        bodyTimeout =
                source.span("tenantry.body.timeout", Duration.ofMinutes(1), Duration.ofSeconds(1), Duration.ofHours(1));
        databaseWait =
                source.span("tenantry.db.wait", Duration.ofMinutes(3), Duration.ofSeconds(1), Duration.ofMinutes(4));
        mailHost = source.text("tenantry.mail.host", "", "[A-Za-z0-9.:-]+", "a host name");
        publicPort = source.whole("tenantry.public.port", tls ? 443 : 8080, 1, 65535);
        node = source.text("tenantry.node", source.hostName(), "[A-Za-z0-9._-]{1,60}", "up to 60 of A-Z a-z 0-9 . _ -");
        sandbox = source.flag("tenantry.sandbox", demo);
        clockSkew = source.span(
                "tenantry.clock.skew", Duration.ofSeconds(5), Duration.ofMillis(100), Duration.ofMinutes(1));
        dataFolder = source.text(
                "tenantry.data.folder",
                source.property("jboss.server.data.dir", System.getProperty("java.io.tmpdir", ".")) + "/tenantry",
                ".*",
                "a folder");
        auditFolder = source.text("tenantry.audit.folder", dataFolder + "/audit-heads", ".*", "a folder");
        exportsFolder = source.text("tenantry.exports.folder", dataFolder + "/exports", ".*", "a folder");
        exitWhenRefused = source.flag(StartRefusal.KEY, true);
        charging = ChargingSettings.read(source);
        work = WorkSettings.read(source);
        consoles = ConsoleSettings.read(source);
        apiRates = ApiRateSettings.read(source);
        limits = LimitSettings.read(source);
        sessions = SessionSettings.read(source);
        passwords = PasswordSettings.read(source);
        known = source.names();
        if (isOfServer) {
            SettingsRules.check(this, source);
        }
        source.refuseFaults(SettingsRules.unread(known, variables));
    }

    /**
     * {@code tenantry.exit.when-refused} (true): whether the process exits if its configuration is refused or its database stays unreachable at
     * startup.
     */
    public boolean exitWhenRefused() {
        return exitWhenRefused;
    }

    /** {@code tenantry.demo} (false): whether demo brands are created on first start and operators may move the clock. */
    public boolean demo() {
        return demo;
    }

    /** {@code tenantry.demo.logins-file} (none): the file to which the demo writes its sign-ins. */
    public String demoLoginsFile() {
        return demoLoginsFile;
    }

    /** {@code tenantry.gallery} (as the demo): whether /gallery shows all page components, for developers. */
    public boolean gallery() {
        return gallery;
    }

    /** {@code tenantry.platform.host} (platform.localhost in a demo; must be set otherwise): the host of the operators' admin site. */
    public String platformHost() {
        return platformHost;
    }

    /**
     * {@code tenantry.platform.owner-email} (none): the email address of the platform's owner. If no operator exists at startup, this person is
     * created; until a password is chosen, each start writes a one-time link for choosing one to a file in {@link #dataFolder}.
     */
    public String platformOwnerEmail() {
        return platformOwnerEmail;
    }

    /** {@code tenantry.secret.keys-file} (none): the keys that seal secrets of resellers; without it they cannot connect provider accounts. */
    public String secretKeysFile() {
        return secretKeysFile;
    }

    /**
     * {@code tenantry.outbound.addresses} (public): the permitted targets of requests to providers: the public internet only, private networks
     * too, or any address including this machine.
     */
    public String outboundAddresses() {
        return outboundAddresses;
    }

    /**
     * {@code tenantry.dns.server} (the system's): the DNS server that is queried to verify that a reseller controls a host, as
     * {@code 192.0.2.1:53}.
     */
    public String dnsServer() {
        return dnsServer;
    }

    /**
     * {@code tenantry.vies.url} (none): the base URL of the VIES REST interface, which validates VAT numbers; without it they are not validated
     * there.
     */
    public String viesUrl() {
        return viesUrl;
    }

    /**
     * {@code tenantry.ecb.url} (none): the folder in which the European Central Bank publishes its euro reference rates
     * ({@code eurofxref-daily.xml}, {@code eurofxref-hist-90d.xml}); without it operators upload the files.
     */
    public String ecbUrl() {
        return ecbUrl;
    }

    /**
     * {@code tenantry.tls} (true, unless the platform's host ends in {@code .localhost}; elsewhere it cannot be turned off): whether the site
     * is reached by https; if so, cookies are Secure and their names begin with __Host-.
     */
    public boolean tls() {
        return tls;
    }

    /**
     * {@code tenantry.proxies} (none): the addresses and CIDR blocks of trusted proxies, whose {@code X-Forwarded-For} and
     * {@code X-Forwarded-Proto} are honored.
     */
    public NetworkBlocks proxies() {
        return proxies;
    }

    /** {@code tenantry.body.timeout} (PT1M): the time limit for receiving a request body, plus one second for each 50 KiB of it. */
    public Duration bodyTimeout() {
        return bodyTimeout;
    }

    /** {@code tenantry.mail.host} (none): the SMTP server, which the server's mail session uses too. Without one, mails are kept. */
    public String mailHost() {
        return mailHost;
    }

    /** {@code tenantry.public.port} (443 with TLS, else 8080): the port in links that are sent out. */
    public int publicPort() {
        return publicPort;
    }

    /** {@code tenantry.node} (the machine's host name): the name of this node in leases and on the admin site. */
    public String node() {
        return node;
    }

    /**
     * {@code tenantry.sandbox} (as {@code tenantry.demo}): whether orders create servers in the built-in sandbox, which simulates a provider.
     */
    public boolean sandbox() {
        return sandbox;
    }

    /** {@code tenantry.db.wait} (PT3M): how long startup waits for an unreachable database before the process exits. */
    public Duration databaseWait() {
        return databaseWait;
    }

    /** {@code tenantry.clock.skew} (PT5S): the clock difference to the database beyond which a node does not charge. */
    public Duration clockSkew() {
        return clockSkew;
    }

    public ChargingSettings charging() {
        return charging;
    }

    public WorkSettings work() {
        return work;
    }

    public ConsoleSettings consoles() {
        return consoles;
    }

    public ApiRateSettings apiRates() {
        return apiRates;
    }

    public LimitSettings limits() {
        return limits;
    }

    public SessionSettings sessions() {
        return sessions;
    }

    public PasswordSettings passwords() {
        return passwords;
    }

    /** Returns the public URL of one of our hosts, without a trailing slash. */
    public String origin(String host) {
        var scheme = tls ? "https" : "http";
        var standardPort = tls ? 443 : 80;
        return scheme + "://" + host + (publicPort == standardPort ? "" : ":" + publicPort);
    }

    /** {@code tenantry.data.folder} ({@code tenantry} in the server's data folder): where this node keeps its private files. */
    public String dataFolder() {
        return dataFolder;
    }

    /**
     * {@code tenantry.audit.folder} ({@code audit-heads} in {@link #dataFolder}): where a signed file with the heads of all audit trails is
     * written each night.
     */
    public String auditFolder() {
        return auditFolder;
    }

    /** {@code tenantry.exports.folder} ({@code exports} in {@link #dataFolder}): where exports of resellers are kept; nodes may share it. */
    public String exportsFolder() {
        return exportsFolder;
    }

    /** Returns warnings about settings that are inadvisable, and about variables that nothing reads. */
    List<String> warnings(Set<String> environment) {
        return SettingsRules.warnings(this, known, environment);
    }
}
