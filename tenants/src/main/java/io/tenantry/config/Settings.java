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
 * <p>Longer than 400 lines, and its constructor longer than 60, because each setting is one field, one line that reads it, and one documented
 * accessor; the rules that settings must meet together are in {@link SettingsRules}.
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
    private final boolean chargingTimer;
    private final int chargingWorkers;
    private final int chargingBatchWallets;
    private final int chargingSliceWallets;
    private final Duration chargingLease;
    private final boolean sandbox;
    private final boolean workTimer;
    private final int workWorkers;
    private final Duration workLease;
    private final Duration consoleIdle;
    private final int consoleEach;
    private final int consoleTenant;
    private final int consoleMost;
    private final Duration clockSkew;
    private final int apiRateKey;
    private final int apiRateTenant;
    private final int apiRateAddress;
    private final int limitDocuments;
    private final int limitExports;
    private final int limitPictures;
    private final int limitBankStatements;
    private final int limitPriceCalculations;
    private final int passwordMemoryKib;
    private final int passwordIterations;
    private final String dataFolder;
    private final String auditFolder;
    private final String exportsFolder;
    private final boolean exitWhenRefused;
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
        var settingsSource = new SettingsSource(properties, environment);
        demo = settingsSource.flag("tenantry.demo", false);
        demoLoginsFile = settingsSource.text("tenantry.demo.logins-file", "", ".*", "a file path");
        gallery = settingsSource.flag("tenantry.gallery", demo);
        platformHost = settingsSource.text(
                "tenantry.platform.host",
                "platform.localhost",
                "[a-z0-9]([a-z0-9.-]*[a-z0-9])?",
                "a lower-case host name");
        platformOwnerEmail =
                settingsSource.text("tenantry.platform.owner-email", "", "[^@\\s]+@[^@\\s]+", "an e-mail address");
        secretKeysFile = settingsSource.text("tenantry.secret.keys-file", "", ".*", "a file path");
        outboundAddresses = settingsSource.text(
                "tenantry.outbound.addresses", "public", "public|private|any", "public, private or any");
        ecbUrl = settingsSource.text("tenantry.ecb.url", "", SettingsRules.URL, "an https address");
        dnsServer = settingsSource.text(
                "tenantry.dns.server",
                "",
                "[A-Za-z0-9.-]+(:[0-9]{1,5})?|\\[[0-9A-Fa-f:]+](:[0-9]{1,5})?",
                "an address with or without a port");
        viesUrl = settingsSource.text("tenantry.vies.url", "", SettingsRules.URL, "an https address");
        tls = settingsSource.flag("tenantry.tls", !SettingsRules.isLocal(platformHost));
        proxies = settingsSource.networks("tenantry.proxies");
        bodyTimeout = settingsSource.span(
                "tenantry.body.timeout", Duration.ofMinutes(1), Duration.ofSeconds(1), Duration.ofHours(1));
        databaseWait = settingsSource.span(
                "tenantry.db.wait", Duration.ofMinutes(3), Duration.ofSeconds(1), Duration.ofMinutes(4));
        mailHost = settingsSource.text("tenantry.mail.host", "", "[A-Za-z0-9.:-]+", "a host name");
        publicPort = settingsSource.whole("tenantry.public.port", tls ? 443 : 8080, 1, 65535);
        node = settingsSource.text(
                "tenantry.node", settingsSource.hostName(), "[A-Za-z0-9._-]{1,60}", "up to 60 of A-Z a-z 0-9 . _ -");
        chargingTimer = settingsSource.flag("tenantry.charging.timer", true);
        chargingWorkers = settingsSource.whole("tenantry.charging.workers", 2, 1, 32);
        chargingBatchWallets = settingsSource.whole("tenantry.charging.batch-wallets", 1_000, 1, 10_000);
        chargingSliceWallets = settingsSource.whole("tenantry.charging.slice-wallets", 20_000, 100, 1_000_000);
        chargingLease = settingsSource.span(
                "tenantry.charging.lease", Duration.ofSeconds(30), Duration.ofSeconds(1), Duration.ofMinutes(10));
        sandbox = settingsSource.flag("tenantry.sandbox", demo);
        workTimer = settingsSource.flag("tenantry.work.timer", true);
        workWorkers = settingsSource.whole("tenantry.work.workers", 2, 1, 32);
        workLease = settingsSource.span(
                "tenantry.work.lease", Duration.ofMinutes(3), Duration.ofSeconds(1), Duration.ofHours(1));
        consoleIdle = settingsSource.span(
                "tenantry.console.idle", Duration.ofMinutes(15), Duration.ofSeconds(5), Duration.ofHours(8));
        consoleEach = settingsSource.whole("tenantry.console.each", 5, 1, 1_000);
        consoleTenant = settingsSource.whole("tenantry.console.tenant", 50, 1, 10_000);
        consoleMost = settingsSource.whole("tenantry.console.most", 250, 1, 10_000);
        clockSkew = settingsSource.span(
                "tenantry.clock.skew", Duration.ofSeconds(5), Duration.ofMillis(100), Duration.ofMinutes(1));
        apiRateKey = settingsSource.whole("tenantry.api.rate.key", 600, 1, 1_000_000);
        apiRateTenant = settingsSource.whole("tenantry.api.rate.tenant", 6_000, 1, 10_000_000);
        apiRateAddress = settingsSource.whole("tenantry.api.rate.address", 1_200, 1, 1_000_000);
        limitDocuments = settingsSource.whole("tenantry.limit.documents", 240, 1, 100_000);
        limitExports = settingsSource.whole("tenantry.limit.exports", 120, 1, 100_000);
        limitPictures = settingsSource.whole("tenantry.limit.pictures", 30, 1, 100_000);
        limitBankStatements = settingsSource.whole("tenantry.limit.bank-statements", 30, 1, 100_000);
        limitPriceCalculations = settingsSource.whole("tenantry.limit.price-calculations", 60, 1, 100_000);
        passwordMemoryKib = settingsSource.whole("tenantry.password.memory-kib", 19_456, 1_024, 1_048_576);
        passwordIterations = settingsSource.whole("tenantry.password.iterations", 2, 1, 20);
        dataFolder = settingsSource.text(
                "tenantry.data.folder",
                settingsSource.property("jboss.server.data.dir", System.getProperty("java.io.tmpdir", "."))
                        + "/tenantry",
                ".*",
                "a folder");
        auditFolder = settingsSource.text("tenantry.audit.folder", dataFolder + "/audit-heads", ".*", "a folder");
        exportsFolder = settingsSource.text("tenantry.exports.folder", dataFolder + "/exports", ".*", "a folder");
        exitWhenRefused = settingsSource.flag(StartRefusal.KEY, true);
        known = settingsSource.names();
        if (isOfServer) {
            SettingsRules.check(this, settingsSource);
        }
        settingsSource.refuseFaults(SettingsRules.unread(known, variables));
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

    /** {@code tenantry.charging.timer} (true): whether timers of this node charge and issue documents; manual starts are always possible. */
    public boolean chargingTimer() {
        return chargingTimer;
    }

    /** {@code tenantry.charging.workers} (2): the number of charging workers on this node. */
    public int chargingWorkers() {
        return chargingWorkers;
    }

    /** {@code tenantry.charging.batch-wallets} (1000): the number of wallets charged in one transaction. */
    public int chargingBatchWallets() {
        return chargingBatchWallets;
    }

    /** {@code tenantry.charging.slice-wallets} (20000): the number of wallets in one slice, the unit that a worker claims. */
    public int chargingSliceWallets() {
        return chargingSliceWallets;
    }

    /** {@code tenantry.charging.lease} (PT30S): how long a claim is valid without being renewed. */
    public Duration chargingLease() {
        return chargingLease;
    }

    /**
     * {@code tenantry.sandbox} (as {@code tenantry.demo}): whether orders create servers in the built-in sandbox, which simulates a provider.
     */
    public boolean sandbox() {
        return sandbox;
    }

    /** {@code tenantry.work.timer} (true): whether this node processes work items, such as requesting servers from providers. */
    public boolean workTimer() {
        return workTimer;
    }

    /** {@code tenantry.work.workers} (2): the number of work items that this node processes at once. */
    public int workWorkers() {
        return workWorkers;
    }

    /** {@code tenantry.work.lease} (PT3M): how long a worker may hold a claimed work item; longer than a provider may take to answer. */
    public Duration workLease() {
        return workLease;
    }

    /** {@code tenantry.db.wait} (PT3M): how long startup waits for an unreachable database before the process exits. */
    public Duration databaseWait() {
        return databaseWait;
    }

    /** {@code tenantry.console.idle} (PT15M): the time without input after which a console is closed. */
    public Duration consoleIdle() {
        return consoleIdle;
    }

    /** {@code tenantry.console.each} (5): the number of consoles that one person may have open on this node. */
    public int consoleEach() {
        return consoleEach;
    }

    /** {@code tenantry.console.tenant} (50): the number of consoles of one reseller's servers that may be open on this node. */
    public int consoleTenant() {
        return consoleTenant;
    }

    /** {@code tenantry.console.most} (250): the number of consoles that may be open on this node. */
    public int consoleMost() {
        return consoleMost;
    }

    /** {@code tenantry.clock.skew} (PT5S): the clock difference to the database beyond which a node does not charge. */
    public Duration clockSkew() {
        return clockSkew;
    }

    /** {@code tenantry.api.rate.key} (600): requests per minute allowed for one API key on this node. */
    public int apiRateKey() {
        return apiRateKey;
    }

    /**
     * {@code tenantry.api.rate.tenant} (6000): requests per minute for the keys of all customers of a reseller on this node, and again for its
     * staff's.
     */
    public int apiRateTenant() {
        return apiRateTenant;
    }

    /** {@code tenantry.api.rate.address} (1200): API requests per minute allowed from one network address, with or without a valid key. */
    public int apiRateAddress() {
        return apiRateAddress;
    }

    /**
     * {@code tenantry.limit.documents} (240): PDFs and e-invoices per minute that are rendered for the staff of one reseller, and again for
     * its customers, on this node.
     */
    public int limitDocuments() {
        return limitDocuments;
    }

    /**
     * {@code tenantry.limit.exports} (120): list exports per minute allowed for the staff of one reseller, and again for
     * its customers, on this node.
     */
    public int limitExports() {
        return limitExports;
    }

    /**
     * {@code tenantry.limit.pictures} (30): uploaded pictures per minute that are decoded for the staff of one reseller, and again for
     * its customers, on this node.
     */
    public int limitPictures() {
        return limitPictures;
    }

    /** Bank statements per minute that are parsed for one reseller on this node. */
    public int limitBankStatements() {
        return limitBankStatements;
    }

    /**
     * {@code tenantry.limit.price-calculations} (60): what-if calculations per minute allowed for the staff of one reseller, and again for
     * its customers, on this node.
     */
    public int limitPriceCalculations() {
        return limitPriceCalculations;
    }

    /** {@code tenantry.password.memory-kib} (19456): the memory of one Argon2id hash. The default is OWASP's minimum as of 2026. */
    public int passwordMemoryKib() {
        return passwordMemoryKib;
    }

    /** {@code tenantry.password.iterations} (2): the number of passes of one Argon2id hash. */
    public int passwordIterations() {
        return passwordIterations;
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
