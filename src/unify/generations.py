"""Published generations: folders under `.generations`, one of which `golden` links to.

A generation is written whole beside the published one and then switched to in one rename.
Where a file system has no links, `golden` is the folder itself: it is moved away and the
other moved in, under a note from which the next command completes the move.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from unify.errors import WorkspaceError

STORE = ".generations"
SUMMARY = "run.json"
HELD = ".held"
PART = ".part"
ANEW = ".anew"
SWITCH = "switch.json"
OWNER = "project.txt"
MODES = {"private": (0o600, 0o700), "group": (0o640, 0o750)}


@dataclass(frozen=True, slots=True)
class Generations:
    """The generations of one output folder."""

    output: Path
    mode: str
    project: str = ""
    """Which project publishes here, as seen from the output's folder."""
    links: bool = os.name != "nt"

    @property
    def store(self) -> Path:
        """The folder that holds them all."""
        return self.output.parent / STORE

    def prepare(self) -> None:
        """Make the store, finish a switch that was cut short, sweep away half-written folders.

        Raises WorkspaceError when the output cannot be written, or is somebody else's folder.
        """
        try:
            self.store.mkdir(parents=True, exist_ok=True)
            self._restrict(self.store)
            self._refuse_shared()
            self._finish_switch()
            for half in self.store.glob(f"*{PART}"):
                shutil.rmtree(half)
            for fresh in self.store.glob(f"*{ANEW}"):
                self._finish_replacing(fresh)
            probe = self.store / f"probe{PART}"
            probe.mkdir()
            probe.rmdir()
        except OSError as refused:
            raise self._unwritable(refused) from refused
        if self.output.exists() and not (self.output / SUMMARY).is_file():
            raise WorkspaceError(
                "the output exists and is no published generation",
                where=os.fspath(self.output),
                remedy="Move it away, or set another `output` in unify.toml.",
            )

    def _refuse_shared(self) -> None:
        """Two projects that keep their generations in one folder would sweep each other's away."""
        note = self.store / OWNER
        mine = f"{self.project}\n{self.output.name}\n"
        if not note.exists():
            note.write_text(mine, encoding="utf-8")
        elif note.read_text(encoding="utf-8") != mine:
            raise WorkspaceError(
                "another project publishes into this folder",
                where=os.fspath(self.output.parent),
                remedy="Give each project's `output` a parent folder of its own.",
            )

    def restore(self, runs: Sequence[str]) -> None:
        """Where the output is gone, publish again the newest kept generation of those runs.

        `runs`: the runs that were published, oldest first.
        """
        if self.output.exists():
            return
        for run_id in reversed(runs):
            if (self.store / run_id / SUMMARY).is_file():
                self._publish(self.store / run_id)
                return

    def published(self) -> Path | None:
        """The published generation's folder, if there is one."""
        if not self.links:
            self._finish_switch()
        return self.output if (self.output / SUMMARY).is_file() else None

    def summary(self) -> dict[str, Any] | None:
        """The summary of the published generation. Raises WorkspaceError if it is unreadable."""
        folder = self.published()
        return read_summary(folder) if folder else None

    def begin(self, run_id: str) -> Path:
        """A folder for a generation that is being written."""
        folder = self.store / f"{run_id}{PART}"
        try:
            folder.mkdir()
            self._restrict(folder)
        except OSError as refused:
            raise self._unwritable(refused) from refused
        return folder

    def seal(self, folder: Path, summary: dict[str, Any]) -> None:
        """Write the summary with every file's sha256, and let no file be half on the disk."""
        files, _ = MODES[self.mode]
        for path in sorted(folder.iterdir()):
            path.chmod(files)
            summary["files"].setdefault(path.name, {})["sha256"] = sha256(path)
            _flush(path)
        text = json.dumps(summary, indent=2, sort_keys=True, ensure_ascii=False) + "\n"
        target = folder / SUMMARY
        target.write_text(text, encoding="utf-8")
        target.chmod(files)
        _flush(target)

    def hold(self, folder: Path, run_id: str, promises: dict[str, Any]) -> None:
        """Keep a candidate that the gate held back, in place of any earlier one.

        `promises`: what has to be remembered when it is published after all.
        """
        for earlier in self.store.glob(f"*{HELD}*"):
            shutil.rmtree(earlier) if earlier.is_dir() else earlier.unlink()
        note = self.store / f"{run_id}{HELD}.json"
        note.write_text(json.dumps(promises), encoding="utf-8")
        note.chmod(MODES["private"][0])
        folder.rename(self.store / f"{run_id}{HELD}")

    def folders(self) -> list[Path]:
        """The folders of all kept generations, the published one first."""
        published = self.published()
        here = [published.resolve()] if published else []
        return [*here, *(one for one in self._generations() if one.resolve() not in here)]

    def candidates(self) -> list[Path]:
        """The folders of what the gate holds back."""
        return [one for one in self.store.glob(f"*{HELD}") if (one / SUMMARY).is_file()]

    def held(self, run_id: str) -> Path | None:
        """The candidate of a run that the gate held back."""
        folder = self.store / f"{run_id}{HELD}"
        return folder if (folder / SUMMARY).is_file() else None

    def waiting(self) -> Path | None:
        """The candidate that the gate holds back, if it was made after what is published."""
        standing = self.summary()
        held = (p for p in self.store.glob(f"*{HELD}") if (p / SUMMARY).is_file())
        folder = next(held, None)
        follows = read_summary(folder)["follows"] if folder else None
        return folder if standing and follows == standing["run_id"] else None

    def of(self, run_id: str) -> Path | None:
        """The folder of a run's generation, published, kept or held back."""
        published = self.published()
        if published and read_summary(published)["run_id"] == run_id:
            return published.resolve()
        folder = self.store / run_id
        return folder if (folder / SUMMARY).is_file() else self.held(run_id)

    def kept(self) -> list[str]:
        """The runs whose generations are kept or held back, newest first."""
        names = [folder.name for folder in self._generations()] if self.store.is_dir() else []
        standing, waiting = self.summary(), self.waiting() if self.store.is_dir() else None
        here = [standing["run_id"]] if standing and standing["run_id"] not in names else []
        return [*([waiting.name.removesuffix(HELD)] if waiting else []), *here, *names]

    def held_promises(self, run_id: str) -> dict[str, Any]:
        """What has to be remembered when a held candidate is published."""
        note = self.store / f"{run_id}{HELD}.json"
        promises: dict[str, Any] = json.loads(note.read_text(encoding="utf-8"))
        return promises

    def switch(self, folder: Path, run_id: str, keep: int) -> None:
        """Publish a sealed generation in one step, and keep only the newest ones."""
        target = self.store / run_id
        try:
            folder.rename(target)
            self._publish(target)
            self._prune(keep if self.links else keep - 1, current=run_id)
        except OSError as refused:
            raise self._unwritable(refused) from refused

    def replace(self, folder: Path, fresh: Path) -> None:
        """Put a sealed generation in the place of another of the same run.

        Who reads the published one sees the one or the other, each whole; should this be cut
        short, `prepare` completes it or leaves what was there.
        """
        kept = folder / SUMMARY
        written = kept.stat().st_mtime_ns
        os.utime(fresh / SUMMARY, ns=(written, written))  # its age among the others stays
        run_id = read_summary(folder)["run_id"]
        standing = self.published()
        is_published = standing is not None and standing.resolve() == folder.resolve()
        anew = self.store / f"{run_id}{ANEW}"
        try:
            fresh.rename(anew)
            if is_published and not self.links:
                note = {"arriving": anew.name, "leaving": f"{run_id}{PART}"}
                (self.store / SWITCH).write_text(json.dumps(note), encoding="utf-8")
                self._finish_switch()
                shutil.rmtree(self.store / f"{run_id}{PART}")
                return
            if is_published:
                self._link(anew)
            # Without its summary it counts for nothing, wherever its removal is cut short.
            kept.unlink()
            self._finish_replacing(anew)
        except OSError as refused:
            raise self._unwritable(refused) from refused

    def discard(self, run_id: str) -> None:
        """Remove the candidate of a run that the gate held back."""
        for one in self.store.glob(f"{run_id}{HELD}*"):
            shutil.rmtree(one) if one.is_dir() else one.unlink()

    def _finish_replacing(self, anew: Path) -> None:
        """Give a generation that was written anew the name of the one whose place it takes."""
        target = self.store / anew.name.removesuffix(ANEW)
        if self.output.is_symlink() and self.output.resolve() == anew.resolve():
            # A link's target is not renamed under its readers: it gets a twin, to switch to.
            shutil.rmtree(target, ignore_errors=True)
            twin = self.store / f"{target.name}{PART}"
            shutil.copytree(anew, twin, copy_function=_twin)
            twin.rename(target)
            self._link(target)
            shutil.rmtree(anew)
        elif (target / SUMMARY).is_file():
            shutil.rmtree(anew)
        else:
            shutil.rmtree(target, ignore_errors=True)
            anew.rename(target)

    def _publish(self, target: Path) -> None:
        if self.links:
            self._link(target)
        else:
            self._move(target)

    def _link(self, target: Path) -> None:
        if self.output.is_dir() and not self.output.is_symlink():
            # A copy of a project, made by what knows no links, holds the generation itself.
            self._set_aside_copy()
        fresh = self.output.parent / f".{self.output.name}.next"
        fresh.unlink(missing_ok=True)
        fresh.symlink_to(os.path.relpath(target, self.output.parent), target_is_directory=True)
        fresh.replace(self.output)

    def _set_aside_copy(self) -> None:
        kept = self.store / read_summary(self.output)["run_id"]
        if kept.exists():
            shutil.rmtree(self.output)
        else:
            self.output.rename(kept)

    def _move(self, target: Path) -> None:
        summary = read_summary(self.output) if self.output.exists() else None
        away = self.store / summary["run_id"] if summary else None
        note = {"arriving": target.name, "leaving": away.name if away else None}
        (self.store / SWITCH).write_text(json.dumps(note), encoding="utf-8")
        self._finish_switch()

    def _finish_switch(self) -> None:
        note = self.store / SWITCH
        if not note.is_file():
            return
        names = json.loads(note.read_text(encoding="utf-8"))
        arriving = self.store / names["arriving"]
        if arriving.is_dir():
            if self.output.exists() and names["leaving"]:
                self.output.rename(self.store / names["leaving"])
            arriving.rename(self.output)
        note.unlink()

    def _prune(self, keep: int, current: str) -> None:
        for stale in list(self._generations())[keep:]:
            if stale.name != current:
                # Published is published: what cannot be removed now goes after the next run.
                shutil.rmtree(stale, ignore_errors=True)

    def _generations(self) -> Iterator[Path]:
        """The kept generations, newest first."""
        folders = [p for p in self.store.iterdir() if (p / SUMMARY).is_file() and not p.suffix]
        # By when they were written: a clock may be set back.
        yield from sorted(
            folders, key=lambda p: ((p / SUMMARY).stat().st_mtime_ns, p.name), reverse=True
        )

    def _restrict(self, folder: Path) -> None:
        folder.chmod(MODES[self.mode][1])

    def _unwritable(self, refused: OSError) -> WorkspaceError:
        return WorkspaceError(
            f"the output cannot be written ({refused.strerror or refused})",
            where=os.fspath(self.output),
            remedy="Check the folder, its permissions and the space left; then run again.",
        )


def read_summary(folder: Path) -> dict[str, Any]:
    """The summary in a generation's folder. Raises WorkspaceError if it is unreadable."""
    try:
        read: dict[str, Any] = json.loads((folder / SUMMARY).read_text(encoding="utf-8"))
    except (OSError, ValueError) as unreadable:
        raise WorkspaceError(
            f"the published {SUMMARY} cannot be read",
            where=os.fspath(folder),
            remedy=f"Restore it, or point the output's link at another folder of {STORE}.",
        ) from unreadable
    return read


def sha256(path: Path) -> str:
    """The sha256 of a file's bytes, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _twin(file: str, twin: str) -> None:
    """The same file under another name; a copy where the file system knows no such thing."""
    try:
        os.link(file, twin)
    except OSError:
        shutil.copy2(file, twin)


def _flush(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())
