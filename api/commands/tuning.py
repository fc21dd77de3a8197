"""The command that adapts the model to the office's documents: `kb tune`."""

import click

from api.commands.door import Door, WithExamples, as_json, progress
from api.printing import print_json, print_line
from api.schemas_status import TuningOut


@click.command(
    cls=WithExamples,
    epilog="""kb tune --minutes 20
kb tune --undo""",
)
@click.option("--minutes", type=click.FloatRange(0.1, 600), default=20, show_default=True, help="Lama latihan.")
@click.option("--undo", is_flag=True, help="Kembali ke model bawaan.")
@as_json
@click.pass_obj
def tune(door: Door, minutes: float, undo: bool, as_json: bool) -> None:
    """Sesuaikan model bawaan dengan dokumen kantor; dipasang hanya bila pencarian tidak menjadi lebih buruk.

    Pasangan latihan digali dari dokumen yang sudah masuk; sebagian disisihkan untuk mengukur sebelum dan sesudahnya.
    Perlu `pip install 'acuan[models]'`. Hentikan dulu `kb serve`.
    """
    # Only here: the training library costs seconds that no other command needs
    from api.tuning import tune as adapt
    from api.tuning import untune

    with progress(door.say("tune_embedding")) as advance:
        if undo:
            print_line(door.say("tune_undone" if untune(door.settings, advance) else "tune_nothing"))
            return
        done = adapt(door.settings, minutes, lambda step: print_line(door.say(step), to_stderr=True), advance)
    if as_json:
        print_json(TuningOut.model_validate(done))
        return
    print_line(door.say("tune_pairs", pairs=done.n_pairs, questions=done.n_questions))
    print_line(door.say("tune_own", before=f"{done.own_before:.3f}", after=f"{done.own_after:.3f}"))
    print_line(door.say("tune_sample", before=f"{done.sample_before:.3f}", after=f"{done.sample_after:.3f}"))
    print_line(door.say("tune_kept" if done.is_better else "tune_dropped"))
