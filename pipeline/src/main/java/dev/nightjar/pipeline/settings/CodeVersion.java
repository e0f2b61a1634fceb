package dev.nightjar.pipeline.settings;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Collectors;

/** Version of the running code: the release and a digest of Nightjar's own classes. */
public final class CodeVersion {
  private static final String CURRENT = release() + "+" + digest();

  private CodeVersion() {}

  /** Such as {@code 0.1.0+1a2b3c4d}; the same classes give the same text on every machine. */
  public static String current() {
    return CURRENT;
  }

  /** The POM's version, which the build writes into the jar's manifest. */
  private static String release() {
    return Optional.ofNullable(CodeVersion.class.getPackage().getImplementationVersion())
        .orElse("unreleased");
  }

  private static String digest() {
    try {
      Path place =
          Path.of(CodeVersion.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      return Files.isRegularFile(place) ? ofJar(place) : "classes";
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (URISyntaxException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static String ofJar(Path file) throws IOException {
    try (JarFile jar = new JarFile(file.toFile())) {
      String checksums =
          jar.stream()
              .filter(entry -> entry.getName().startsWith("dev/nightjar/"))
              .filter(entry -> entry.getName().endsWith(".class"))
              .sorted(java.util.Comparator.comparing(JarEntry::getName))
              .map(entry -> entry.getName() + ":" + entry.getCrc())
              .collect(Collectors.joining("\n"));
      return Digests.sha256(checksums, 8);
    }
  }
}
