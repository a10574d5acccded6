package dev.lakewright.logstore;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Iterator;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** A listing of a Delta log, with the commits that the store has but does not list yet. */
final class LateListing {

  /** Files of a version: its commit, checksum, or a part of its checkpoint. */
  private static final Pattern VERSION = Pattern.compile("(\\d{20})\\..*");

  private static final Pattern COMMIT = Pattern.compile("(\\d{20})\\.json");

  /** How the store lists. */
  interface Listing {
    Iterator<FileStatus> list() throws IOException;
  }

  private final FileSystem files;
  private final Path from;

  LateListing(FileSystem files, Path from) {
    this.files = files;
    this.from = from;
  }

  /** Files whose names are not before the first one's, ascending. */
  Iterator<FileStatus> complete(Listing listing) throws IOException {
    OptionalLong first = version(VERSION, from.getName());
    Map<String, FileStatus> found = new TreeMap<>();
    try {
      listing.list().forEachRemaining(file -> found.put(file.getPath().getName(), file));
    } catch (FileNotFoundException e) {
      if (first.isEmpty() || !addCommit(first.getAsLong(), found)) {
        throw e;
      }
    }
    if (first.isPresent()) {
      addCommits(first.getAsLong(), found);
    }
    return found.values().iterator();
  }

  private void addCommits(long first, Map<String, FileStatus> found) throws IOException {
    TreeSet<Long> commits = new TreeSet<>();
    long newest = first - 1;
    for (String name : found.keySet()) {
      version(COMMIT, name).ifPresent(commits::add);
      newest = Math.max(newest, version(VERSION, name).orElse(newest));
    }
    // the oldest commits may have been cleaned up for good: only gaps after a listed one count
    if (!commits.isEmpty()) {
      for (long version = commits.first() + 1; version < commits.last(); version++) {
        if (!commits.contains(version)) {
          addCommit(version, found);
        }
      }
    }
    long next = commits.isEmpty() ? Math.max(first, newest) : commits.last() + 1;
    if (commits.isEmpty()) {
      // a checkpoint may be there whose own commit was cleaned up
      addCommit(next++, found);
    }
    while (addCommit(next, found)) {
      next++;
    }
  }

  /** Asks for a commit by name; whether it is there. */
  private boolean addCommit(long version, Map<String, FileStatus> found) throws IOException {
    Path commit = new Path(from.getParent(), "%020d.json".formatted(version));
    if (commit.getName().compareTo(from.getName()) < 0) {
      return false;
    }
    try {
      found.put(commit.getName(), files.getFileStatus(commit));
      return true;
    } catch (FileNotFoundException absent) {
      return false;
    }
  }

  private static OptionalLong version(Pattern pattern, String name) {
    Matcher matcher = pattern.matcher(name);
    return matcher.matches()
        ? OptionalLong.of(Long.parseLong(matcher.group(1)))
        : OptionalLong.empty();
  }
}
