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
        this(System::getProperty, System::getenv, true);
    }

    /**
     * Reads the given sources, for use outside of a server: values that are safe alone are not asked whether they are together.
     *
     * @throws ConfigurationError naming every key that is wrong
     */
    public Settings(UnaryOperator<@Nullable String> properties, UnaryOperator<@Nullable String> environment) {
        this(properties, environment, false);
    }

    /** Reads the given sources; a server's are safe together, too ({@link SettingsRules}). */
    Settings(
            UnaryOperator<@Nullable String> properties,
            UnaryOperator<@Nullable String> environment,
            boolean isOfServer) {
        var source = new Source(properties, environment);
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
        chargingTimer = source.flag("tenantry.charging.timer", true);
        chargingWorkers = source.whole("tenantry.charging.workers", 2, 1, 32);
        chargingBatchWallets = source.whole("tenantry.charging.batch-wallets", 1_000, 1, 10_000);
        chargingSliceWallets = source.whole("tenantry.charging.slice-wallets", 20_000, 100, 1_000_000);
        chargingLease = source.span(
                "tenantry.charging.lease", Duration.ofSeconds(30), Duration.ofSeconds(1), Duration.ofMinutes(10));
        sandbox = source.flag("tenantry.sandbox", demo);
        workTimer = source.flag("tenantry.work.timer", true);
        workWorkers = source.whole("tenantry.work.workers", 2, 1, 32);
        workLease =
                source.span("tenantry.work.lease", Duration.ofMinutes(3), Duration.ofSeconds(1), Duration.ofHours(1));
        consoleIdle = source.span(
                "tenantry.console.idle", Duration.ofMinutes(15), Duration.ofSeconds(5), Duration.ofHours(8));
        consoleEach = source.whole("tenantry.console.each", 5, 1, 1_000);
        consoleTenant = source.whole("tenantry.console.tenant", 50, 1, 10_000);
        consoleMost = source.whole("tenantry.console.most", 250, 1, 10_000);
        clockSkew = source.span(
                "tenantry.clock.skew", Duration.ofSeconds(5), Duration.ofMillis(100), Duration.ofMinutes(1));
        apiRateKey = source.whole("tenantry.api.rate.key", 600, 1, 1_000_000);
        apiRateTenant = source.whole("tenantry.api.rate.tenant", 6_000, 1, 10_000_000);
        apiRateAddress = source.whole("tenantry.api.rate.address", 1_200, 1, 1_000_000);
        limitDocuments = source.whole("tenantry.limit.documents", 240, 1, 100_000);
        limitExports = source.whole("tenantry.limit.exports", 120, 1, 100_000);
        limitPictures = source.whole("tenantry.limit.pictures", 30, 1, 100_000);
        limitPriceCalculations = source.whole("tenantry.limit.price-calculations", 60, 1, 100_000);
        passwordMemoryKib = source.whole("tenantry.password.memory-kib", 19_456, 1_024, 1_048_576);
        passwordIterations = source.whole("tenantry.password.iterations", 2, 1, 20);
        dataFolder = source.text(
                "tenantry.data.folder",
                source.property("jboss.server.data.dir", System.getProperty("java.io.tmpdir", ".")) + "/tenantry",
                ".*",
                "a folder");
        auditFolder = source.text("tenantry.audit.folder", dataFolder + "/audit-heads", ".*", "a folder");
        exportsFolder = source.text("tenantry.exports.folder", dataFolder + "/exports", ".*", "a folder");
        exitWhenRefused = source.flag(RefusedStart.KEY, true);
        known = source.names();
        if (isOfServer) {
            SettingsRules.check(this, source);
        }
        source.refuseFaults();
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
