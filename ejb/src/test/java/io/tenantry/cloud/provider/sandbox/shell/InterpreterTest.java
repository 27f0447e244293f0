package io.tenantry.cloud.provider.sandbox.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.cloud.provider.PowerAction;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InterpreterTest {
    private final Shells shell = new Shells();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "echo a  b | a b",
                "echo 'a  b' | a  b",
                "echo \"a  $USER\" | a  root",
                "echo '$USER' | $USER",
                "echo a\\ b | a b",
                "echo \\$USER | $USER",
                "echo $HOSTNAME | web-1.example.org",
                "echo [$NOTHING] | []",
                "echo a # b | a",
                "echo a#b | a#b",
                "echo a'b'\"c\" | abc",
                "whoami | root",
                "hostname -I | 127.20.30.40",
                "pwd | /root",
                "date | Sun Nov 22 11:35:00 UTC 2026",
                "uname | Linux"
            })
    void evaluatesLines(String line, String stated) {
        assertThat(shell.run(line)).isEqualTo(stated + "\n");
        assertThat(shell.interpreter().code()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "echo a | cat",
                "cat < file",
                "(echo a)",
                ":(){ :|:& };:",
                "sleep 1 &",
                "echo `id`",
                "echo $(id)",
                "echo 'open",
                "echo \"open",
                "echo a >",
                "&& echo a",
                "echo a > > b"
            })
    void refusesUnsupportedSyntax(String line) {
        assertThat(shell.run(line)).startsWith("sh: ");
        assertThat(shell.interpreter().code()).isEqualTo(2);
    }

    @Test
    void redirectsOutputToFiles() {
        assertThat(shell.run("echo one > file; echo two >> file; cat file")).isEqualTo("one\ntwo\n");
        assertThat(shell.run("echo three > file; cat < file")).startsWith("sh: ");
        assertThat(shell.run("cat file")).isEqualTo("one\ntwo\n");
        assertThat(shell.run("echo three >file && cat file")).isEqualTo("three\n");
        assertThat(shell.run("> empty; ls")).isEqualTo("empty\nfile\n");
        assertThat(shell.run("echo a > none/file")).isEqualTo("sh: none/file: No such file or directory\n");
        assertThat(shell.run("cat none > copy")).isEqualTo("cat: none: No such file or directory\n");
    }

    @Test
    void stopsAChainOfCommandsAtAFailure() {
        assertThat(shell.run("cat none && echo a && echo b; echo c")).endsWith("directory\nc\n");
        assertThat(shell.run("cat none; echo $?")).endsWith("\n1\n");
        assertThat(shell.run("nothing; echo $?")).endsWith("\n127\n");
        assertThat(shell.run("cd /etc; echo $PWD")).isEqualTo("/etc\n");
    }

    @Test
    void changesFolders() {
        assertThat(shell.run("mkdir -p a/b; cd a/b; pwd; cd ..; pwd; cd; pwd; cd /etc; pwd"))
                .isEqualTo("/root/a/b\n/root/a\n/root\n/etc\n");
        assertThat(shell.interpreter().prompt()).isEqualTo("root@web-1:/etc# ");
        assertThat(shell.run("cd none")).isEqualTo("cd: none: No such file or directory\n");
        assertThat(shell.run("cd hostname")).isEqualTo("cd: hostname: Not a directory\n");
        assertThat(shell.run("cd ~/a; cd b; rm -rf ~/a; pwd")).isEqualTo("/\n");
    }

    @Test
    void createsListsAndRemovesFiles() {
        assertThat(shell.run("touch b a .c; mkdir d; ls")).isEqualTo("a\nb\nd/\n");
        assertThat(shell.run("ls -a")).isEqualTo(".c\na\nb\nd/\n");
        assertThat(shell.run("echo hello > a; ls -l a")).isEqualTo("-rw-r--r-- root root      6 Nov 22 11:35 a\n");
        assertThat(shell.run("rm d")).isEqualTo("rm: d: Is a directory\n");
        assertThat(shell.run("rm -r d; rm a b; ls")).isEmpty();
        assertThat(shell.run("rm a")).isEqualTo("rm: a: No such file or directory\n");
        assertThat(shell.run("rm -f a; rm -rf /; ls /")).contains("etc/");
        assertThat(shell.run("ls -x")).isEqualTo("ls: invalid option -- 'x'\n");
        assertThat(shell.run("mkdir")).isEqualTo("mkdir: missing operand\n");
        assertThat(shell.run("ls none")).contains("No such file");
    }

    @Test
    void reportsTheSizeAndUptimeOfTheServer() {
        assertThat(shell.run("uptime")).startsWith(" 11:35:00 up 1:35,  1 user,  load average: ");
        shell.advance(Duration.ofDays(3));
        assertThat(shell.run("uptime")).contains("up 3 days, 1:35");
        assertThat(shell.run("free")).contains("4096Mi");
        assertThat(shell.run("df")).contains("80G");
        assertThat(shell.run("ps")).contains("sshd");
        assertThat(shell.run("top")).contains("on 2 cores");
        assertThat(shell.run("uname -a")).contains("web-1").contains("simulated");
        assertThat(shell.run("help")).contains("reboot");
    }

    @Test
    void derivesTheLoadFromTheInstant() {
        var now = shell.run("uptime");
        assertThat(shell.run("uptime")).isEqualTo(now);
        shell.advance(Duration.ofMinutes(20));
        assertThat(shell.run("uptime").split("average", -1)[1]).isNotEqualTo(now.split("average", -1)[1]);
    }

    @Test
    void endsTheSessionOnReboot() {
        shell.run("reboot; echo more");
        assertThat(shell.powerActions()).containsExactly(PowerAction.RESTART);
        assertThat(shell.interpreter().isOver()).isTrue();
    }

    @Test
    void shutsDownOnPoweroff() {
        shell.run("poweroff");
        new Shells().run("shutdown -r now");
        assertThat(shell.powerActions()).containsExactly(PowerAction.SHUT_DOWN);
    }

    @Test
    void limitsOutput() {
        shell.run("echo " + "x".repeat(4_000) + " > a");
        for (var i = 0; i < 15; i++) {
            shell.run("cat a a a a > b; cat a >> c");
        }
        var stated = shell.run("cat " + "b ".repeat(2_000));
        assertThat(stated.length()).isBetween(Output.BYTES_MAX / 2, Output.BYTES_MAX + 200);
        assertThat(shell.interpreter().code()).isEqualTo(1);
        assertThat(shell.run("echo " + "x".repeat(5_000))).contains("longer than");
        assertThat(shell.files().usedBytes()).isLessThanOrEqualTo(Files.BYTES_MAX);
    }

    @Test
    void limitsTheHistoryAndSkipsDuplicates() {
        for (var i = 0; i < 300; i++) {
            shell.interpreter().remember("echo " + i);
            shell.interpreter().remember("echo " + i);
            shell.interpreter().remember("  ");
        }
        assertThat(shell.interpreter().history())
                .hasSize(200)
                .endsWith("echo 299")
                .doesNotHaveDuplicates();
        assertThat(shell.run("history")).contains("    1  echo 100\n");
    }
}
