package io.tenantry.config;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * All that an operator can set, with prefix {@code tenantry}: a system property {@code tenantry.x.y} or, without one, the
 * environment variable {@code TENANTRY_X_Y}, or the default. A wrong value stops the start with every key that is wrong,
 * what was found and what is allowed. What a reseller can set is data with a page, not configuration.
 *
 * <p>A variable that begins with {@code TENANTRY_} and that nothing reads is warned of: it may be misspelt.
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

    /** Reads the process's properties and environment. */
    public Settings() {
        this(System::getProperty, System::getenv, true, System.getenv().keySet());
    }

    /**
     * Reads the given sources, for use outside of a server: values that are safe alone are not asked whether they are together.
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

    /** {@code tenantry.exit.when-refused} (true): whether the process ends if its configuration is refused, or its database stays away when it starts. */
    public boolean exitWhenRefused() {
        return exitWhenRefused;
    }

    /** {@code tenantry.demo} (false): demo brands are made at first start and operators may move the clock. */
    public boolean demo() {
        return demo;
    }

    /** {@code tenantry.demo.logins-file} (none): where the demo writes its sign-ins for whoever started it. */
    public String demoLoginsFile() {
        return demoLoginsFile;
    }

    /** {@code tenantry.gallery} (as the demo): whether /gallery shows all parts of the pages, for those who build them. */
    public boolean gallery() {
        return gallery;
    }

    /** {@code tenantry.platform.host} (platform.localhost in a demo; must be set otherwise): the host of the platform console. */
    public String platformHost() {
        return platformHost;
    }

    /**
     * {@code tenantry.platform.owner-email} (none): who owns the platform. When no operator exists at the start, this person
     * is made; until a password is chosen, each start writes a one-time link for that to a file in {@link #dataFolder}.
     */
    public String platformOwnerEmail() {
        return platformOwnerEmail;
    }

    /** {@code tenantry.secret.keys-file} (none): the keys that seal secrets of resellers; without it they cannot connect vendors. */
    public String secretKeysFile() {
        return secretKeysFile;
    }

    /**
     * {@code tenantry.outbound.addresses} (public): where requests to vendors may go: to the public internet alone, to private networks
     * too, or anywhere, this machine included.
     */
    public String outboundAddresses() {
        return outboundAddresses;
    }

    /** {@code tenantry.dns.server} (the system's): who is asked whether a reseller controls a host, as {@code 192.0.2.1:53}. */
    public String dnsServer() {
        return dnsServer;
    }

    /** {@code tenantry.vies.url} (none): the base of VIES' REST interface, which says whether VAT numbers are valid; without it nobody asks. */
    public String viesUrl() {
        return viesUrl;
    }

    /**
     * {@code tenantry.ecb.url} (none): the folder in which the European Central Bank publishes its euro reference rates ({@code eurofxref-daily.xml},
     * {@code eurofxref-hist-90d.xml}); without it operators read files in.
     */
    public String ecbUrl() {
        return ecbUrl;
    }

    /**
     * {@code tenantry.tls} (true, unless the platform's host ends in {@code .localhost}; elsewhere it cannot be turned off): people reach us by https; cookies are
     * Secure and their names begin with __Host-.
     */
    public boolean tls() {
        return tls;
    }

    /** {@code tenantry.proxies} (none): the addresses and CIDR blocks of proxies whose {@code X-Forwarded-For} and {@code X-Forwarded-Proto} are believed. */
    public NetworkBlocks proxies() {
        return proxies;
    }

    /** {@code tenantry.body.timeout} (PT1M): how long a request's body may take, and a second more for each 50 KiB of it. */
    public Duration bodyTimeout() {
        return bodyTimeout;
    }

    /** {@code tenantry.mail.host} (none): where mail goes out; the server's mail session has it too. Without one, mails are kept. */
    public String mailHost() {
        return mailHost;
    }

    /** {@code tenantry.public.port} (443 with TLS, else 8080): the port in links that we send. */
    public int publicPort() {
        return publicPort;
    }

    /** {@code tenantry.node} (the machine's host name): this node's name in leases and on the console. */
    public String node() {
        return node;
    }

    /** {@code tenantry.charging.timer} (true): whether this node charges, and issues documents, by the clock; by hand it always can. */
    public boolean chargingTimer() {
        return chargingTimer;
    }

    /** {@code tenantry.charging.workers} (2): how many workers of this node charge at once. */
    public int chargingWorkers() {
        return chargingWorkers;
    }

    /** {@code tenantry.charging.batch-wallets} (1000): wallets charged in one transaction. */
    public int chargingBatchWallets() {
        return chargingBatchWallets;
    }

    /** {@code tenantry.charging.slice-wallets} (20000): wallets in one slice, the unit that a worker claims. */
    public int chargingSliceWallets() {
        return chargingSliceWallets;
    }

    /** {@code tenantry.charging.lease} (PT30S): how long a claim lives without a sign of life. */
    public Duration chargingLease() {
        return chargingLease;
    }

    /** {@code tenantry.sandbox} (as {@code tenantry.demo}): whether orders become servers of the built-in sandbox, which simulates a vendor. */
    public boolean sandbox() {
        return sandbox;
    }

    /** {@code tenantry.work.timer} (true): whether this node does what waits to be done, such as asking vendors for servers. */
    public boolean workTimer() {
        return workTimer;
    }

    /** {@code tenantry.work.workers} (2): how many work items this node has in hand at once. */
    public int workWorkers() {
        return workWorkers;
    }

    /** {@code tenantry.work.lease} (PT3M): how long a claimed work item is left to its worker; longer than a vendor may take to answer. */
    public Duration workLease() {
        return workLease;
    }

    /** {@code tenantry.db.wait} (PT3M): how long a start waits for a database that cannot be reached, before the process ends. */
    public Duration databaseWait() {
        return databaseWait;
    }

    /** {@code tenantry.console.idle} (PT15M): a console at which nobody types for so long is closed. */
    public Duration consoleIdle() {
        return consoleIdle;
    }

    /** {@code tenantry.console.each} (5): how many consoles one person may have open on this node. */
    public int consoleEach() {
        return consoleEach;
    }

    /** {@code tenantry.console.tenant} (50): how many consoles of one reseller's servers may be open on this node. */
    public int consoleTenant() {
        return consoleTenant;
    }

    /** {@code tenantry.console.most} (250): how many consoles may be open on this node. */
    public int consoleMost() {
        return consoleMost;
    }

    /** {@code tenantry.clock.skew} (PT5S): a node whose clock differs more from the database's does not charge. */
    public Duration clockSkew() {
        return clockSkew;
    }

    /** {@code tenantry.api.rate.key} (600): requests a minute that one API key may make on this node. */
    public int apiRateKey() {
        return apiRateKey;
    }

    /** {@code tenantry.api.rate.tenant} (6000): requests a minute that all keys of a reseller may make on this node. */
    public int apiRateTenant() {
        return apiRateTenant;
    }

    /** {@code tenantry.api.rate.address} (1200): API requests a minute from one network address, with a valid key or not. */
    public int apiRateAddress() {
        return apiRateAddress;
    }

    /** {@code tenantry.limit.documents} (240): PDFs and e-invoices a minute that people of a reseller may have made on this node. */
    public int limitDocuments() {
        return limitDocuments;
    }

    /** {@code tenantry.limit.exports} (120): lists as files a minute that people of a reseller may have made on this node. */
    public int limitExports() {
        return limitExports;
    }

    /** {@code tenantry.limit.pictures} (30): uploaded pictures a minute that people of a reseller may have read on this node. */
    public int limitPictures() {
        return limitPictures;
    }

    /** Bank statements that a reseller may have read each minute on a node. */
    public int limitBankStatements() {
        return limitBankStatements;
    }

    /** {@code tenantry.limit.price-calculations} (60): what-if calculations a minute that people of a reseller may ask for on this node. */
    public int limitPriceCalculations() {
        return limitPriceCalculations;
    }

    /** {@code tenantry.password.memory-kib} (19456): memory of one Argon2id hash. OWASP's least, as of 2026. */
    public int passwordMemoryKib() {
        return passwordMemoryKib;
    }

    /** {@code tenantry.password.iterations} (2): passes of one Argon2id hash. */
    public int passwordIterations() {
        return passwordIterations;
    }

    /** The address under which people reach a host of ours, without a trailing slash. */
    public String origin(String host) {
        var scheme = tls ? "https" : "http";
        var standardPort = tls ? 443 : 80;
        return scheme + "://" + host + (publicPort == standardPort ? "" : ":" + publicPort);
    }

    /** {@code tenantry.data.folder} ({@code tenantry} in the server's data folder): where this node keeps files of its own that others must not read. */
    public String dataFolder() {
        return dataFolder;
    }

    /** {@code tenantry.audit.folder} ({@code audit-heads} in {@link #dataFolder}): where a signed file says each night where the audit trails end. */
    public String auditFolder() {
        return auditFolder;
    }

    /** {@code tenantry.exports.folder} ({@code exports} in {@link #dataFolder}): where exports of resellers are kept; nodes may share it. */
    public String exportsFolder() {
        return exportsFolder;
    }

    /** What is set but better were not, or is set by a name that nobody reads. */
    List<String> warnings(Set<String> environment) {
        return SettingsRules.warnings(this, known, environment);
    }
}
